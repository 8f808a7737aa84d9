//! Requests over loopback to an echo server that takes its time: real sockets, so that a model waits
//! as it would for another machine.
//!
//! The server is a process of its own in the lane's group, started before the barrier and ended
//! after the last answer; see [`super::echo`]. Each request has a connection of its own.

use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::ops::Range;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::echo::Listening;
use super::{Bound, Cut, Failure, Nature, Output, Suspending, Workload, WorkloadEntry, int, mix};
use crate::parameter::{Parameter, value};
use crate::run::process;
use crate::run::protocol::{self, LaneOrder, Usage, WorkerId};
use crate::spec::{Parameters, Value};

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "requests",
    about: "requests over loopback to an echo server that takes its time to answer",
    bound: Bound::Io,
    nature: Nature::Chunks,
    unit: "requests",
    amount: Some("count"),
    parameters: &[
        Parameter::count("how many requests", 10_000, 20),
        Parameter::duration(
            "delay",
            "how long the server waits with its answer",
            (0, 10_000_000, 50_000),
        ),
    ],
    build: |order| Ok(Arc::new(Requests::new(order)?)),
};

/// Bytes of a request, and of its answer.
pub const MESSAGE_BYTES: usize = 8;

/// What other processes of the lane are told about the server, beside the workload's parameters.
const PORT: &str = "port";

/// Asks and waits for the answer.
#[derive(Debug)]
pub struct Requests {
    cut: Cut,
    seed: u64,
    address: SocketAddr,
    /// The server, in the process that has started it.
    server: Option<Server>,
}

impl Requests {
    /// As many requests as the order has units, to a server of its own unless the order names the
    /// port of one.
    ///
    /// # Errors
    /// If the server can't be started.
    pub fn new(order: &LaneOrder) -> Result<Self, Failure> {
        let (port, server) = match int(order, PORT) {
            0 => {
                let server = Server::start(&delay_text(order.with.get("delay")))
                    .map_err(|error| format!("the echo server did not start: {error}"))?;
                (server.listening.port, Some(server))
            }
            port => (port as u16, None),
        };
        Ok(Self {
            cut: Cut {
                work: order.work,
                per_chunk: 1,
            },
            seed: order.seed,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            server,
        })
    }

    fn question(&self, unit: u64) -> [u8; MESSAGE_BYTES] {
        mix(self.seed, unit).to_le_bytes()
    }

    fn ask(&self, unit: u64) -> io::Result<[u8; MESSAGE_BYTES]> {
        let mut connection = TcpStream::connect(self.address)?;
        connection.write_all(&self.question(unit))?;
        let mut answer = [0; MESSAGE_BYTES];
        connection.read_exact(&mut answer)?;
        Ok(answer)
    }

    async fn ask_suspending(&self, unit: u64) -> io::Result<[u8; MESSAGE_BYTES]> {
        let mut connection = tokio::net::TcpStream::connect(self.address).await?;
        connection.write_all(&self.question(unit)).await?;
        let mut answer = [0; MESSAGE_BYTES];
        connection.read_exact(&mut answer).await?;
        Ok(answer)
    }
}

/// What came back is the share: so each answer must be that of its question.
fn share(answer: io::Result<[u8; MESSAGE_BYTES]>) -> Result<Output, Failure> {
    let answer = answer.map_err(|error| format!("a request got no answer: {error}"))?;
    Ok(Output::Share(mix(0, u64::from_le_bytes(answer))))
}

impl Workload for Requests {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        share(self.ask(units.start))
    }

    fn perform_suspending(&self, units: Range<u64>) -> Suspending<'_> {
        Box::pin(async move { share(self.ask_suspending(units.start).await) })
    }

    fn set(&self, name: &str, value: &Value) {
        if let ("delay", Some(server)) = (name, &self.server) {
            server.set_delay(&delay_text(Some(value)));
        }
    }

    fn shared(&self) -> Parameters {
        Parameters::from([(PORT.to_owned(), Value::Int(self.address.port().into()))])
    }

    fn servers(&self) -> Vec<WorkerId> {
        let id = |server: &Server| WorkerId {
            name: "echo server".to_owned(),
            pid: server.pid,
            tid: Some(server.pid),
            server: true,
        };
        self.server.iter().map(id).collect()
    }

    fn spent_before(&self) -> Usage {
        self.server
            .as_ref()
            .map(|server| server.listening.spent)
            .unwrap_or_default()
    }

    fn close(&self) {
        if let Some(server) = &self.server {
            server.end();
        }
    }
}

/// A delay as the server reads it: whole microseconds.
fn delay_text(value: Option<&Value>) -> String {
    value
        .and_then(value::duration)
        .unwrap_or_default()
        .as_micros()
        .to_string()
}

/// The echo server's process.
#[derive(Debug)]
struct Server {
    pid: u32,
    listening: Listening,
    child: Mutex<(Child, Option<ChildStdin>)>,
}

impl Server {
    /// Starts it, and returns when it listens.
    fn start(delay: &str) -> io::Result<Self> {
        let mut child = Command::new(process::program()?)
            .arg0("parade-echo")
            .args(["lane", "echo", &std::process::id().to_string(), delay])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().map(BufReader::new);
        let said = output.map(|mut output| protocol::read(&mut output));
        let listening = said.transpose()?.flatten();
        Ok(Self {
            pid: child.id(),
            listening: listening.ok_or(io::ErrorKind::UnexpectedEof)?,
            child: Mutex::new((child, input)),
        })
    }

    fn set_delay(&self, delay: &str) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        if let (_, Some(input)) = &mut *child {
            // A server that does not listen any more fails the requests themselves.
            let _ = writeln!(input, "{delay}");
        }
    }

    /// Ends it by the end of its input, and waits, so that what it used is counted.
    fn end(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.1 = None;
        let _ = child.0.wait();
    }
}

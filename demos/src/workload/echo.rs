//! The echo server of [`super::requests`]: answers each request with itself, after a delay. A process
//! of its own, `lane echo PARENT DELAY_US`; it says on standard output that it listens, reads new delays
//! from standard input, a line each, and ends with it.

use std::io::{self, BufRead};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;

use super::requests::MESSAGE_BYTES;
use crate::run::process::{self, STACK_BYTES};
use crate::run::protocol::{self, Usage};

/// Connections that may wait to be accepted: all workers of a lane at once. One that found no room
/// would be tried again by its client's kernel a whole second later.
const WAITING_MAX: u32 = 1024;

/// What the server says once it listens.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Listening {
    /// Where.
    pub(super) port: u16,
    /// What it took to get there, which is no request's.
    pub(super) spent: Usage,
}

/// What `lane echo` runs.
pub fn main(parent: Option<u32>, delay_us: u64) -> ExitCode {
    if !process::follow_parent(parent, Signal::KILL) {
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime.and_then(|runtime| runtime.block_on(serve(delay_us))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

async fn serve(delay_us: u64) -> io::Result<()> {
    let delay_us = Arc::new(AtomicU64::new(delay_us));
    let unwanted = Arc::new(Notify::new());
    let heard = (Arc::clone(&delay_us), Arc::clone(&unwanted));
    thread::Builder::new()
        .name("control".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || listen(&heard.0, &heard.1))?;
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let listener = socket.listen(WAITING_MAX)?;
    let port = listener.local_addr()?.port();
    let spent = process::usage();
    protocol::write(&mut io::stdout(), &Listening { port, spent })?;
    tokio::select! {
        () = unwanted.notified() => Ok(()),
        error = accept(&listener, &delay_us) => error,
    }
}

/// Reads new delays until the end of standard input.
fn listen(delay_us: &AtomicU64, unwanted: &Notify) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        if let Ok(us) = line.trim().parse() {
            delay_us.store(us, Ordering::Relaxed);
        }
    }
    unwanted.notify_one();
}

async fn accept(listener: &TcpListener, delay_us: &Arc<AtomicU64>) -> io::Result<()> {
    loop {
        let (connection, _) = listener.accept().await?;
        tokio::spawn(answer(connection, Arc::clone(delay_us)));
    }
}

/// Answers the requests of one connection; one that breaks off is the client's affair.
async fn answer(mut connection: TcpStream, delay_us: Arc<AtomicU64>) {
    let mut message = [0; MESSAGE_BYTES];
    while connection.read_exact(&mut message).await.is_ok() {
        tokio::time::sleep(Duration::from_micros(delay_us.load(Ordering::Relaxed))).await;
        if connection.write_all(&message).await.is_err() {
            return;
        }
    }
}

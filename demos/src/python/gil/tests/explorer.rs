//! Every order in which threads can do their next steps, with every wait timing out at every moment
//! or not at all.
//!
//! A step is what a thread does with the mutex in its hand. Which of several waiting threads a wake-up
//! reaches is free too.
//!
//! It has a search of its own: [`explore::search`](crate::explore::search) counts the schedules of what comes to
//! an end, step by step, where this has no end (a thread can time out again and again) and asks of all
//! states that there are whether an end can be reached from them.

use std::collections::{HashMap, VecDeque};

use super::super::machine::{Dropped, Look, Machine, Take};

/// What the threads do wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Whoever drops the lock wakes nobody.
    DropWakesNobody,
    /// Whoever takes the lock wakes nobody.
    TakeWakesNobody,
    /// Whoever was asked to drop the lock does not wait for the switch.
    NobodyWaitsForTheSwitch,
    /// A wait that times out does not remember how many switches there were when it began.
    SwitchNumberIsForgotten,
    /// Whoever was woken takes the lock for free.
    WokenThreadDoesNotLook,
}

/// What may never be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Violation {
    TwoThreadsRun,
    LockIsFreeAndNobodyAwakeWantsIt,
    DropIsRequestedByNobody,
    NewHolderIsAskedTooEarly,
    AskedThreadTakesItAgain,
    NoEndWithoutTimeOuts,
}

/// What was explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Explored {
    pub(super) states: usize,
    /// States in which all threads have ended.
    pub(super) ends: usize,
}

/// What a thread does after it has dropped the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Then {
    Want,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// Awake; looks whether it can have the lock.
    Wants(Look),
    /// Asleep until the lock is dropped.
    WaitsForDrop {
        since: u64,
    },
    Runs,
    /// Awake; looks whether another has taken the lock.
    LooksForSwitch(Then),
    /// Asleep until another has taken it.
    WaitsForSwitch(Then),
    Ended,
}

/// A state: the machine, where each thread stands, and what the properties need to know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    machine: Machine,
    places: Vec<Place>,
    /// How many safe points or blocking calls each thread has before it.
    actions_left: Vec<u8>,
    /// How many holders there have been, counted here and not by the machine.
    holders: u8,
    last_holder: Option<usize>,
    /// How many there had been when a thread began its latest wait.
    holders_seen: Vec<u8>,
    /// Who dropped the lock on request, until another takes it.
    asked: Option<usize>,
}

/// A step that can be done.
struct Step {
    world: World,
    timed_out: bool,
}

/// Explores everything that so many threads can do, each with so many safe points or blocking calls.
pub(super) fn explore(
    threads: usize,
    actions: u8,
    fault: Option<Fault>,
) -> Result<Explored, Violation> {
    let first = World {
        machine: Machine::default(),
        places: vec![Place::Wants(Look::First); threads],
        actions_left: vec![actions; threads],
        holders: 0,
        last_holder: None,
        holders_seen: vec![0; threads],
        asked: None,
    };
    let mut numbers = HashMap::from([(first.clone(), 0)]);
    let mut before: Vec<Vec<usize>> = vec![Vec::new()];
    let mut ends = Vec::new();
    let mut open = VecDeque::from([(0, first)]);
    while let Some((number, world)) = open.pop_front() {
        world.check()?;
        if world.places.iter().all(|place| *place == Place::Ended) {
            ends.push(number);
        }
        for step in world.steps(fault)? {
            let next = numbers.len();
            let reached = *numbers.entry(step.world.clone()).or_insert_with(|| {
                before.push(Vec::new());
                open.push_back((next, step.world));
                next
            });
            if !step.timed_out {
                before[reached].push(number);
            }
        }
    }
    if reaching(&ends, &before) != numbers.len() {
        return Err(Violation::NoEndWithoutTimeOuts);
    }
    Ok(Explored {
        states: numbers.len(),
        ends: ends.len(),
    })
}

/// From how many states one of these can be reached.
fn reaching(ends: &[usize], before: &[Vec<usize>]) -> usize {
    let mut seen = vec![false; before.len()];
    let mut open = ends.to_vec();
    let mut count = 0;
    while let Some(number) = open.pop() {
        if !std::mem::replace(&mut seen[number], true) {
            count += 1;
            open.extend(&before[number]);
        }
    }
    count
}

impl World {
    /// What holds in every state.
    fn check(&self) -> Result<(), Violation> {
        let count = |of: fn(&Place) -> bool| self.places.iter().filter(|place| of(place)).count();
        let awake = count(|place| matches!(place, Place::Wants(_)));
        let asleep = count(|place| matches!(place, Place::WaitsForDrop { .. }));
        let running = count(|place| matches!(place, Place::Runs));
        if running != usize::from(self.machine.is_locked()) {
            return Err(Violation::TwoThreadsRun);
        }
        if running == 0 && asleep > 0 && awake == 0 {
            return Err(Violation::LockIsFreeAndNobodyAwakeWantsIt);
        }
        if self.machine.is_drop_requested() && asleep + awake == 0 {
            return Err(Violation::DropIsRequestedByNobody);
        }
        Ok(())
    }

    /// All that can come next.
    fn steps(&self, fault: Option<Fault>) -> Result<Vec<Step>, Violation> {
        let mut steps = Vec::new();
        for (thread, &place) in self.places.iter().enumerate() {
            match place {
                Place::Wants(look) => steps.extend(self.take(thread, look, fault)?),
                Place::WaitsForDrop { since } => steps.push(Step {
                    world: self.at(
                        thread,
                        Place::Wants(Look::Waited {
                            since,
                            timed_out: true,
                        }),
                    ),
                    timed_out: true,
                }),
                Place::Runs => steps.extend(self.run(thread, fault)),
                Place::LooksForSwitch(then) => steps.push(self.look_for_switch(thread, then)),
                Place::WaitsForSwitch(_) | Place::Ended => {}
            }
        }
        Ok(steps)
    }

    fn take(&self, me: usize, look: Look, fault: Option<Fault>) -> Result<Vec<Step>, Violation> {
        let mut world = self.clone();
        let look = match look {
            Look::Waited { timed_out, .. } if fault == Some(Fault::SwitchNumberIsForgotten) => {
                Look::Waited {
                    since: self.machine.switch_number(),
                    timed_out,
                }
            }
            look => look,
        };
        let woken = matches!(
            look,
            Look::Waited {
                timed_out: false,
                ..
            }
        );
        let take = match world.machine.take(me as u32, look) {
            Take::Wait { .. } if woken && fault == Some(Fault::WokenThreadDoesNotLook) => {
                Take::Taken
            }
            take => take,
        };
        if let Take::Wait { since } = take {
            world.check_request(me, self)?;
            world.holders_seen[me] = self.holders;
            return Ok(vec![world.at(me, Place::WaitsForDrop { since }).step()]);
        }
        if self.asked == Some(me) {
            return Err(Violation::AskedThreadTakesItAgain);
        }
        world.asked = None;
        world.holders += u8::from(self.last_holder != Some(me));
        world.last_holder = Some(me);
        let world = world.at(me, Place::Runs);
        if fault == Some(Fault::TakeWakesNobody) {
            return Ok(vec![world.step()]);
        }
        Ok(world.wake(|place| match place {
            Place::WaitsForSwitch(then) => Some(Place::LooksForSwitch(then)),
            _ => None,
        }))
    }

    /// Whoever is asked to drop the lock must have had it since before the asking thread began to
    /// wait.
    fn check_request(&self, me: usize, before: &Self) -> Result<(), Violation> {
        let asked = self.machine.is_drop_requested() && !before.machine.is_drop_requested();
        if asked && before.holders_seen[me] != before.holders {
            return Err(Violation::NewHolderIsAskedTooEarly);
        }
        Ok(())
    }

    fn run(&self, me: usize, fault: Option<Fault>) -> Vec<Step> {
        let mut world = self.clone();
        if self.actions_left[me] == 0 {
            return world.release(me, Then::End, fault);
        }
        world.actions_left[me] -= 1;
        let mut steps = world.clone().release(me, Then::Want, fault);
        if !self.machine.is_drop_requested() {
            // A safe point where nothing is to be done; the other step is a blocking call.
            steps.push(world.step());
        }
        steps
    }

    fn release(mut self, me: usize, then: Then, fault: Option<Fault>) -> Vec<Step> {
        let dropped = self.machine.release();
        let place = match dropped {
            Dropped::AwaitSwitch => {
                self.asked = Some(me);
                if fault == Some(Fault::NobodyWaitsForTheSwitch) {
                    then.place()
                } else {
                    Place::WaitsForSwitch(then)
                }
            }
            Dropped::Free => then.place(),
        };
        let world = self.at(me, place);
        if fault == Some(Fault::DropWakesNobody) {
            return vec![world.step()];
        }
        world.wake(|place| match place {
            Place::WaitsForDrop { since } => Some(Place::Wants(Look::Waited {
                since,
                timed_out: false,
            })),
            _ => None,
        })
    }

    fn look_for_switch(&self, me: usize, then: Then) -> Step {
        let switched = self.machine.is_switched(me as u32);
        self.at(
            me,
            if switched {
                then.place()
            } else {
                Place::WaitsForSwitch(then)
            },
        )
        .step()
    }

    /// Wakes one of those whom `woken` gives a place, whichever; nobody if there is none.
    fn wake(self, woken: impl Fn(Place) -> Option<Place>) -> Vec<Step> {
        let sleepers = self.places.iter().enumerate();
        let steps: Vec<_> = sleepers
            .filter_map(|(thread, &place)| Some(self.at(thread, woken(place)?).step()))
            .collect();
        if steps.is_empty() {
            vec![self.step()]
        } else {
            steps
        }
    }

    fn at(&self, thread: usize, place: Place) -> Self {
        let mut world = self.clone();
        world.places[thread] = place;
        world
    }

    fn step(self) -> Step {
        Step {
            world: self,
            timed_out: false,
        }
    }
}

impl Then {
    fn place(self) -> Place {
        match self {
            Self::Want => Place::Wants(Look::First),
            Self::End => Place::Ended,
        }
    }
}

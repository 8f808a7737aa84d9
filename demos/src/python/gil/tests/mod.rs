//! The hand-over, explored; the lock, under real threads.

mod explorer;
mod lock;

use explorer::{Explored, Fault, Violation, explore};

#[test]
fn whatever_the_order_and_the_time_outs_the_hand_over_is_right() {
    let explored = [(2, 4), (3, 1)].map(|(threads, actions)| explore(threads, actions, None));
    let expected =
        [(7_061, 248), (31_429, 762)].map(|(states, ends)| Ok(Explored { states, ends }));
    assert_eq!(explored, expected);
}

#[test]
fn each_fault_is_found() {
    let found = [
        Fault::DropWakesNobody,
        Fault::TakeWakesNobody,
        Fault::NobodyWaitsForTheSwitch,
        Fault::SwitchNumberIsForgotten,
        Fault::WokenThreadDoesNotLook,
    ]
    .map(|fault| explore(3, 1, Some(fault)).unwrap_err());
    assert_eq!(
        found,
        [
            Violation::LockIsFreeAndNobodyAwakeWantsIt,
            Violation::NoEndWithoutTimeOuts,
            Violation::AskedThreadTakesItAgain,
            Violation::NewHolderIsAskedTooEarly,
            Violation::TwoThreadsRun,
        ]
    );
}

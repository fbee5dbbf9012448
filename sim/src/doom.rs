//! The end of the program in the middle of whatever it is at: at the so-manyth
//! time that it looks at the clock. It looks before and after everything that is
//! committed or asked of the bank, so every place where a crash makes a
//! difference is one of those.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use parking_lot::Mutex;

/// What is thrown when it comes.
struct TheEnd;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing ends.
    #[default]
    Safe,
    /// After so many looks.
    Comes(u64),
    /// It has come: whoever looks at the clock now is gone as well.
    Over,
}

/// When the program ends. Clones are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doom {
    state: Arc<Mutex<State>>,
}

impl Doom {
    /// Somebody looks at the clock.
    pub(crate) fn look(&self) {
        let mut state = self.state.lock();
        *state = match *state {
            State::Safe => return,
            State::Comes(looks) if looks > 1 => State::Comes(looks - 1),
            State::Comes(_) | State::Over => State::Over,
        };
        if *state == State::Over {
            drop(state);
            // Nothing is said of it, as a panic would.
            resume_unwind(Box::new(TheEnd));
        }
    }

    /// Does something that ends after so many looks at the clock, if that is
    /// before it is done. `None` where the program has ended meanwhile: in a task
    /// of its own, perhaps, which nobody else has noticed.
    pub(crate) async fn befalls<T>(
        &self,
        looks: Option<u64>,
        something: impl Future<Output = T>,
    ) -> Option<T> {
        let Some(looks) = looks else {
            return Some(something.await);
        };
        *self.state.lock() = State::Comes(looks);
        let mut something = pin!(something);
        let done = std::future::poll_fn(|context| {
            let polled = AssertUnwindSafe(|| something.as_mut().poll(context));
            match catch_unwind(polled) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(done)) => Poll::Ready(Some(done)),
                Err(thrown) => {
                    only_the_end(thrown);
                    Poll::Ready(None)
                }
            }
        });
        let done = done.await;
        let was = std::mem::take(&mut *self.state.lock());
        done.filter(|_| was != State::Over)
    }
}

/// What else is thrown is a fault, and goes on its way.
fn only_the_end(thrown: Box<dyn Any + Send>) {
    if !thrown.is::<TheEnd>() {
        resume_unwind(thrown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_comes_at_the_look_it_was_set_to_and_not_otherwise() {
        let doom = Doom::default();
        let looks = |times: u64| {
            let doom = doom.clone();
            async move { (0..times).for_each(|_| doom.look()) }
        };
        assert_eq!(doom.befalls(None, looks(9)).await, Some(()));
        assert_eq!(doom.befalls(Some(4), looks(3)).await, Some(()));
        assert_eq!(doom.befalls(Some(4), looks(4)).await, None);
        let elsewhere = async {
            let task = tokio::spawn(looks(4));
            assert!(task.await.is_err());
        };
        assert_eq!(doom.befalls(Some(4), elsewhere).await, None);
        // It has gone by.
        doom.look();
    }
}

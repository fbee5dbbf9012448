//! Threads for what takes milliseconds: few, and always the same ones.
//!
//! A runtime has threads for what would keep others waiting, and makes as many of
//! them as are asked for at once; they take turns afterwards. The allocator keeps
//! memory by the thread, so whatever is done on all of them in turn comes to take many
//! times the memory, and finds it cold.

use std::io;
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinError;

/// For how long one stays that has nothing to do.
const KEPT: Duration = Duration::from_hours(1);

/// Some threads, which end with it once they have done what they are about.
#[derive(Debug)]
pub(crate) struct Hands {
    handle: Handle,
    /// Taken out when it is let go of.
    runtime: Option<Runtime>,
}

impl Hands {
    /// At most so many threads of that name, made as they are needed.
    pub(crate) fn new(name: &str, most: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .thread_name(name)
            .max_blocking_threads(most)
            .thread_keep_alive(KEPT)
            .build()?;
        Ok(Self {
            handle: runtime.handle().clone(),
            runtime: Some(runtime),
        })
    }

    /// Does it on one of the threads, as soon as one is free.
    pub(crate) async fn carry_out<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        self.handle.spawn_blocking(work).await
    }
}

impl Drop for Hands {
    fn drop(&mut self) {
        // Nobody waits here for what is still being done: this may be a thread that
        // serves readers.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test]
    async fn there_are_no_more_threads_than_that_however_much_there_is_to_do() {
        let hands = Arc::new(Hands::new("hands", 2).expect("threads"));
        let mut works = JoinSet::new();
        for _ in 0..50 {
            let hands = Arc::clone(&hands);
            works.spawn(async move { hands.carry_out(|| std::thread::current().id()).await });
        }
        let done = works.join_all().await.into_iter();
        let threads: HashSet<_> = done.map(|done| done.expect("it is done")).collect();
        assert!(threads.len() <= 2, "{threads:?}");
    }

    #[tokio::test]
    async fn they_may_be_let_go_where_readers_are_served() {
        let hands = Hands::new("hands", 1).expect("threads");
        hands.carry_out(|| ()).await.expect("it is done");
        drop(hands);
    }
}

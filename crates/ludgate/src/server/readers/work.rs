//! The thread that does what falls due.

use std::time::Duration;

use anyhow::{Context, Result};
use billing::Billing;
use tokio::sync::{oneshot, watch};

/// Before what falls due is tried again after trouble with the store.
const A_WHILE: Duration = Duration::from_secs(5);

/// How much the thread leaves to others: by the kernel's table of weights it has a
/// tenth of a processor that somebody who reads wants as well, and all of one that
/// nobody wants.
const NICE: i32 = 10;

/// Does what falls due until the server stops, whatever comes between. It has a
/// thread and a runtime of its own, as a night of renewals decides for seconds on
/// end, and neither pages nor the gate's news are to wait for that. What it hands
/// back hears when all of it has come to its end.
pub(super) fn begin(
    billing: Billing,
    stopping: watch::Receiver<bool>,
) -> Result<oneshot::Receiver<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (ends, ended) = oneshot::channel();
    let thread = std::thread::Builder::new().name("due".to_owned());
    let begun = thread.spawn(move || {
        // Where it can't be lowered, it takes its share like everything else.
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
        runtime.block_on(work(billing, stopping));
        let _ = ends.send(());
    });
    begun.context("no thread for what falls due")?;
    Ok(ended)
}

async fn work(billing: Billing, stopping: watch::Receiver<bool>) {
    loop {
        let mut stops = stopping.clone();
        let stop = async move {
            // Whoever would say so is gone as well.
            let _ = stops.wait_for(|stops| *stops).await;
        };
        let Err(error) = billing.run(stop).await else {
            return;
        };
        tracing::error!(%error, "what falls due can't be done; trying again");
        tokio::time::sleep(A_WHILE).await;
        if *stopping.borrow() {
            return;
        }
    }
}

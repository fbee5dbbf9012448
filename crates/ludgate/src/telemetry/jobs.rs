//! What waits to be done for readers with accounts: mails, charges, our own work.

use std::fmt::Error;
use std::sync::Arc;

use parking_lot::Mutex;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use store::jobs::{Backlog, Lane};

/// What waited when it was last looked: nothing, where there are no accounts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jobs(Arc<Mutex<Vec<Backlog>>>);

/// A metric by lane: its name, what it says, and how it is read off.
type Told = (&'static str, &'static str, fn(&Backlog) -> u64);

const ALL: [Told; 3] = [
    (
        "ludgate_jobs_waiting",
        "Jobs that are due and not done.",
        |lane| lane.waiting,
    ),
    (
        "ludgate_jobs_failing",
        "Jobs that have failed and are tried again.",
        |lane| lane.failing,
    ),
    (
        "ludgate_jobs_dead",
        "Jobs that nobody tries any more.",
        |lane| lane.dead,
    ),
];

impl Jobs {
    /// Registers them.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register_collector(Box::new(self.clone()));
    }

    /// Takes down what waits now.
    pub(crate) fn set(&self, backlog: Vec<Backlog>) {
        *self.0.lock() = backlog;
    }
}

impl Collector for Jobs {
    fn encode(&self, mut to: DescriptorEncoder) -> Result<(), Error> {
        let lanes = self.0.lock().clone();
        for (name, help, count) in ALL {
            let mut family = to.encode_descriptor(name, help, None, MetricType::Gauge)?;
            for lane in Lane::ALL {
                let of_lane = lanes.iter().find(|backlog| backlog.lane == lane);
                let labels = [("lane", lane.name())];
                let gauge = ConstGauge::new(of_lane.map_or(0, count));
                gauge.encode(family.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }
}

//! Metrics that are read when they are asked for: the meter's and the cache's.

mod content;
mod door;
mod jobs;
mod prints;
mod site;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gateway::Gate;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

pub(crate) use content::register_content;
pub(crate) use door::register_door;
pub(crate) use jobs::Jobs;
pub(crate) use prints::register_pictures;
pub(crate) use site::register_site;

/// How reloading has gone since the start.
#[derive(Debug, Default)]
pub(crate) struct Reloads {
    done: AtomicU64,
    refused: AtomicU64,
    /// Why the last one was refused, if it was.
    wrong: Mutex<Option<String>>,
}

impl Reloads {
    /// Takes down how a reload went.
    pub(crate) fn record<T>(&self, result: &Result<T, anyhow::Error>) {
        let which = if result.is_ok() {
            &self.done
        } else {
            &self.refused
        };
        which.fetch_add(1, Ordering::Relaxed);
        let wrong = result.as_ref().err().map(|error| format!("{error:#}"));
        *self.wrong.lock().unwrap_or_else(PoisonError::into_inner) = wrong;
    }

    /// Whether what is on disk is at work.
    pub(crate) fn is_well(&self) -> bool {
        self.wrong().is_none()
    }

    /// Why what is on disk isn't at work, if it isn't.
    pub(crate) fn wrong(&self) -> Option<String> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.clone()
    }
}

/// Registers the meter and the page cache of `gate`, and the reloads.
pub(crate) fn register(registry: &mut Registry, gate: &Arc<Gate>, reloads: &Arc<Reloads>) {
    registry.register_collector(Box::new(Collected {
        gate: Arc::clone(gate),
        reloads: Arc::clone(reloads),
    }));
}

struct Collected {
    gate: Arc<Gate>,
    reloads: Arc<Reloads>,
}

impl std::fmt::Debug for Collected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Collected")
    }
}

/// Name, what it says, value.
type Told = (&'static str, &'static str, u64);

impl Collected {
    fn gauges(&self, meter: &meter::Stats) -> [Told; 15] {
        let (pages, bytes) = self.gate.pages().size();
        let disk = self.gate.pages().on_disk().unwrap_or_default();
        let crawlers = self.gate.crawlers().map(|crawlers| crawlers.stats());
        [
            (
                "ludgate_meter_readers",
                "Readers in memory",
                meter.readers as u64,
            ),
            (
                "ludgate_meter_bytes",
                "Bytes the table of readers takes",
                meter.table_bytes as u64,
            ),
            (
                "ludgate_meter_dirty",
                "Readers with counts not yet on disk",
                meter.unwritten as u64,
            ),
            (
                "ludgate_meter_stories",
                "Stories with a number",
                meter.stories as u64,
            ),
            (
                "ludgate_meter_dictionary_bytes",
                "Bytes the numbers of stories take",
                meter.dictionary_bytes as u64,
            ),
            (
                "ludgate_meter_networks",
                "Networks with a budget of new readers, neighbourhoods included",
                meter.networks as u64,
            ),
            (
                "ludgate_meter_failing",
                "1 while the disk takes no counts",
                u64::from(meter.failing.is_some()),
            ),
            (
                "ludgate_reload_failing",
                "1 while what is on disk is wrong, and not at work",
                u64::from(self.reloads.wrong().is_some()),
            ),
            ("ludgate_pages", "Compiled pages in memory", pages as u64),
            (
                "ludgate_page_bytes",
                "Bytes that compiled pages take",
                bytes,
            ),
            (
                "ludgate_disk_pages",
                "Pages on the disk that memory has let go of",
                disk.pages as u64,
            ),
            (
                "ludgate_disk_index_bytes",
                "Bytes of memory that knowing where they are takes",
                disk.index as u64,
            ),
            (
                "ludgate_crawlers_kept",
                "Addresses known to be a crawler's, or not to be",
                crawlers.map_or(0, |stats| stats.kept as u64),
            ),
            (
                "ludgate_crawlers_looked_up",
                "Addresses that DNS servers are being asked about",
                crawlers.map_or(0, |stats| stats.under_way as u64),
            ),
            (
                "ludgate_crawlers_waiting",
                "Requests that wait for that",
                crawlers.map_or(0, |stats| stats.waiting as u64),
            ),
        ]
    }

    fn counters(&self, meter: &meter::Stats) -> [Told; 13] {
        let (hits, misses) = self.gate.pages().tally();
        let disk = self.gate.pages().on_disk().unwrap_or_default();
        [
            (
                "ludgate_reads_ranked",
                "Readings that were counted for what is read most",
                self.gate.reads().counted(),
            ),
            (
                "ludgate_meter_groups",
                "Groups of counts written and fsynced",
                meter.groups,
            ),
            (
                "ludgate_meter_records",
                "Records, story numbers and budgets written",
                meter.records,
            ),
            (
                "ludgate_meter_cold_loads",
                "Readers fetched from disk",
                meter.cold_loads,
            ),
            (
                "ludgate_meter_evictions",
                "Readers let go from memory",
                meter.evictions,
            ),
            (
                "ludgate_meter_failures",
                "Writes that failed",
                meter.failures,
            ),
            (
                "ludgate_reloads",
                "Times that everything was read again",
                self.reloads.done.load(Ordering::Relaxed),
            ),
            (
                "ludgate_reload_failures",
                "Times that it was wrong, and everything stayed as it was",
                self.reloads.refused.load(Ordering::Relaxed),
            ),
            ("ludgate_page_hits", "Pages found in memory", hits),
            ("ludgate_page_misses", "Pages not found in memory", misses),
            ("ludgate_disk_reads", "Pages read from the disk", disk.read),
            (
                "ludgate_disk_writes",
                "Pages written to the disk",
                disk.written,
            ),
            (
                "ludgate_disk_losses",
                "Pages let go of without being written",
                disk.lost,
            ),
        ]
    }
}

impl Collector for Collected {
    /// The registry ends its own descriptions with a full stop, so these do too.
    fn encode(&self, mut to: DescriptorEncoder) -> Result<(), std::fmt::Error> {
        let meter = self.gate.meter().stats();
        for (name, help, value) in self.gauges(&meter) {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            gauge.encode(to.encode_descriptor(
                name,
                &format!("{help}."),
                None,
                gauge.metric_type(),
            )?)?;
        }
        if let Some(took) = meter.last_write {
            let gauge = ConstGauge::new(took.as_secs_f64());
            gauge.encode(to.encode_descriptor(
                "ludgate_meter_last_write_seconds",
                "Time until the last counts to be written were on disk.",
                None,
                gauge.metric_type(),
            )?)?;
        }
        for (name, help, value) in self.counters(&meter) {
            let counter = ConstCounter::new(value);
            counter.encode(to.encode_descriptor(
                name,
                &format!("{help}."),
                None,
                counter.metric_type(),
            )?)?;
        }
        Ok(())
    }
}

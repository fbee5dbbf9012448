//! What the darkroom has to say: how much was made, and how much waits.

use std::fmt::Error;

use pictures::Stats;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

/// What there is to say, where there is a darkroom.
type Asking = Box<dyn Fn() -> Option<Stats> + Send + Sync>;

/// Registers the darkroom that `stats` asks.
pub(crate) fn register_pictures(registry: &mut Registry, stats: Asking) {
    registry.register_collector(Box::new(Pictures(stats)));
}

struct Pictures(Asking);

impl std::fmt::Debug for Pictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pictures")
    }
}

impl Collector for Pictures {
    fn encode(&self, mut to: DescriptorEncoder) -> Result<(), Error> {
        let Some(stats) = (self.0)() else {
            return Ok(());
        };
        let counters = [
            ("made", "Prints of pictures that were made.", stats.made),
            (
                "found",
                "Prints that were there when the publication was asked for them.",
                stats.found,
            ),
            (
                "failures",
                "Pictures that no print could be made of.",
                stats.failed,
            ),
        ];
        for (name, help, count) in counters {
            let name = format!("ludgate_pictures_{name}");
            let counter = ConstCounter::new(count);
            counter.encode(to.encode_descriptor(&name, help, None, MetricType::Counter)?)?;
        }
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let gauges = [
            ("kept", "Prints on the disk.", number(stats.prints)),
            (
                "bytes",
                "Bytes that prints take on the disk.",
                i64::try_from(stats.bytes).unwrap_or(i64::MAX),
            ),
            (
                "waiting",
                "Requests that wait for a print.",
                number(stats.waiting),
            ),
            (
                "ahead",
                "Pictures whose prints are still to be made before anybody asks.",
                number(stats.ahead),
            ),
        ];
        for (name, help, value) in gauges {
            let name = format!("ludgate_pictures_{name}");
            let gauge = ConstGauge::new(value);
            gauge.encode(to.encode_descriptor(&name, help, None, MetricType::Gauge)?)?;
        }
        Ok(())
    }
}

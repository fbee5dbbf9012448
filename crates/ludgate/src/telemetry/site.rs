//! What the servers of a foreign site have to say: whether each is being asked.

use std::collections::BTreeMap;
use std::fmt::Error;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use upstream::Upstream;

use crate::world;

/// The foreign site, where there is one: another after a reload.
type Behind = Box<dyn Fn() -> Option<Arc<Upstream>> + Send + Sync>;

/// Registers the servers of the site that is `behind` the gate.
pub(crate) fn register_site(registry: &mut Registry, behind: Behind) {
    registry.register_collector(Box::new(Servers(behind)));
}

struct Servers(Behind);

impl std::fmt::Debug for Servers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Servers")
    }
}

impl Collector for Servers {
    fn encode(&self, mut to: DescriptorEncoder) -> Result<(), Error> {
        let Some(site) = (self.0)() else {
            return Ok(());
        };
        // One that several routes name is up where any of them finds it so.
        let mut servers: BTreeMap<String, bool> = BTreeMap::new();
        for health in site.health(world::elapsed()) {
            *servers.entry(health.server).or_default() |= health.is_up;
        }
        let mut family = to.encode_descriptor(
            "ludgate_site_server_up",
            "1 where a server of the site is asked, 0 while it is left alone.",
            None,
            MetricType::Gauge,
        )?;
        for (server, is_up) in servers {
            let labels = [("server", server.as_str())];
            let gauge = ConstGauge::new(i64::from(is_up));
            gauge.encode(family.encode_family(&labels)?)?;
        }
        Ok(())
    }
}

//! What the door, the certificates and the authority have to say.

use std::collections::BTreeMap;
use std::fmt::Error;
use std::sync::Arc;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::{Registry, Unit};
use tls::{Source, Status};

use crate::server::{Knock, Knocks, Secured, name};

/// Handshakes by how they ended, and in which protocol.
const HANDSHAKES: [(Knock, &str, &str); 5] = [
    (Knock::Http1, "done", "http/1.1"),
    (Knock::Http2, "done", "h2"),
    (Knock::Challenge, "challenge", "acme-tls/1"),
    (Knock::TimedOut, "timed-out", "none"),
    (Knock::Failed, "failed", "none"),
];

/// Registers what there is: handshakes and certificates where readers come over
/// TLS, and PROXY headers.
pub(crate) fn register_door(
    registry: &mut Registry,
    secured: Option<&Arc<Secured>>,
    knocks: &Arc<Knocks>,
) {
    registry.register_collector(Box::new(Door {
        secured: secured.cloned(),
        knocks: Arc::clone(knocks),
    }));
}

struct Door {
    secured: Option<Arc<Secured>>,
    knocks: Arc<Knocks>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Door")
    }
}

impl Door {
    fn handshakes(&self, to: &mut DescriptorEncoder) -> Result<(), Error> {
        let mut family = to.encode_descriptor(
            "ludgate_handshakes",
            "TLS handshakes by how they ended.",
            None,
            MetricType::Counter,
        )?;
        for (knock, outcome, protocol) in HANDSHAKES {
            let labels = [("outcome", outcome), ("protocol", protocol)];
            let counter = ConstCounter::new(self.knocks.so_far(knock));
            counter.encode(family.encode_family(&labels)?)?;
        }
        Ok(())
    }
}

/// When certificates end. Of several for one name, which differ in the kind of
/// their keys, it is the first to end.
fn ends(secured: &Secured, to: &mut DescriptorEncoder) -> Result<(), Error> {
    let mut ends = BTreeMap::new();
    let served = secured.served();
    for one in &served {
        let source = match one.source {
            Source::Files => "files",
            Source::Authority => "authority",
        };
        let end = one.validity.not_after.as_second();
        let least = ends.entry((name(one), source)).or_insert(end);
        *least = end.min(*least);
    }
    let mut family = to.encode_descriptor(
        "ludgate_certificate_expiry_timestamp",
        "When a certificate that is being served runs out.",
        Some(&Unit::Seconds),
        MetricType::Gauge,
    )?;
    for ((name, source), end) in ends {
        let labels = [("name", name), ("source", source)];
        ConstGauge::new(end).encode(family.encode_family(&labels)?)?;
    }
    Ok(())
}

fn authority(status: &Status, to: &mut DescriptorEncoder) -> Result<(), Error> {
    let orders = ConstCounter::new(status.orders);
    orders.encode(to.encode_descriptor(
        "ludgate_acme_orders",
        "Certificates got from the authority.",
        None,
        orders.metric_type(),
    )?)?;
    let failures = ConstGauge::new(i64::from(status.failures));
    failures.encode(to.encode_descriptor(
        "ludgate_acme_failing",
        "Orders in a row that have failed.",
        None,
        failures.metric_type(),
    )?)?;
    let Some(next) = status.next else {
        return Ok(());
    };
    let next = ConstGauge::new(next.as_second());
    next.encode(to.encode_descriptor(
        "ludgate_acme_next_timestamp",
        "When the authority is asked next.",
        Some(&Unit::Seconds),
        next.metric_type(),
    )?)
}

impl Collector for Door {
    fn encode(&self, mut to: DescriptorEncoder) -> Result<(), Error> {
        let refused = ConstCounter::new(self.knocks.so_far(Knock::NoHeader));
        refused.encode(to.encode_descriptor(
            "ludgate_proxy_headers_missing",
            "Connections of trusted proxies that were closed for want of a PROXY header.",
            None,
            refused.metric_type(),
        )?)?;
        let Some(secured) = &self.secured else {
            return Ok(());
        };
        self.handshakes(&mut to)?;
        ends(secured, &mut to)?;
        match secured.authority() {
            Some(status) => authority(&status, &mut to),
            None => Ok(()),
        }
    }
}

//! Which changes of a configuration wait for the next start.

use tls::Settings;

use crate::config::Config;

/// Settings that are read once, at the start.
pub(super) fn needing_restart(old: &Config, new: &Config) -> Vec<&'static str> {
    let (limits, others) = (&old.server.limits, &new.server.limits);
    let changes = [
        ("server.listen", old.server.listen != new.server.listen),
        ("server.admin", old.server.admin != new.server.admin),
        ("server.plain", old.server.plain != new.server.plain),
        (
            "server.proxy_protocol",
            old.server.proxy_protocol != new.server.proxy_protocol,
        ),
        (
            "server.handshake_timeout",
            old.server.handshake != new.server.handshake,
        ),
        (
            "server.tls",
            old.server.tls.is_some() != new.server.tls.is_some(),
        ),
        ("server.tls.acme", acme(old) != acme(new)),
        ("server.data", old.server.data != new.server.data),
        ("server.threads", old.server.threads != new.server.threads),
        (
            "server.connections",
            limits.connections != others.connections,
        ),
        ("server.head_timeout", limits.head != others.head),
        ("server.stall_timeout", limits.stall != others.stall),
        (
            "server.announce",
            old.server.announce != new.server.announce,
        ),
        ("server.drain_timeout", limits.drain != others.drain),
        (
            "articles.memory",
            old.articles.memory != new.articles.memory,
        ),
        ("articles.disk", old.articles.disk != new.articles.disk),
        (
            "meter.durability",
            old.meter.durability != new.meter.durability,
        ),
        ("meter.memory", old.meter.memory != new.meter.memory),
        ("mail", old.mail.is_some() != new.mail.is_some()),
        ("payments", old.payments != new.payments),
        ("publication.test", old.is_test != new.is_test),
        ("log", old.log != new.log),
    ];
    changes
        .into_iter()
        .filter(|(_, changed)| *changed)
        .map(|(key, _)| key)
        .collect()
}

/// What is ordered from an authority; nothing without TLS.
fn acme(config: &Config) -> Option<&Settings> {
    config.server.tls.as_ref()?.acme.as_ref()
}

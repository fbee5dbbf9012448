//! The section `[server]`: where it listens, on what, and for how long it waits.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use gateway::Limits;
use ipnet::IpNet;
use toml::Spanned;

use super::check::Check;
use super::{DATA, PublicationUrl, Server, raw, values};

/// The longest that a server which stops goes on serving: whoever asks whether
/// it is ready asks every few seconds.
const MAX_ANNOUNCE: Duration = Duration::from_mins(10);

impl Check<'_> {
    pub(super) fn server(
        &mut self,
        raw: &raw::Server,
        url: Option<&PublicationUrl>,
    ) -> Option<Server> {
        let seconds = Duration::from_secs;
        let patience = raw.handshake_timeout.as_ref();
        let handshake = self.value(patience, seconds(10), values::positive);
        let head = self.value(raw.head_timeout.as_ref(), seconds(20), values::positive);
        let stall = self.value(raw.stall_timeout.as_ref(), seconds(30), values::positive);
        let announce =
            self.value(
                raw.announce.as_ref(),
                Duration::ZERO,
                |text| match values::duration(text)? {
                    length if length <= MAX_ANNOUNCE => Ok(length),
                    _ => {
                        Err("nobody takes more than 10 min to learn that a server stops".to_owned())
                    }
                },
            );
        let drain = self.value(raw.drain_timeout.as_ref(), seconds(20), values::positive);
        if let Some(threads) = raw
            .threads
            .as_ref()
            .filter(|n| !(1..=256).contains(n.get_ref()))
        {
            self.wrong(threads, "a server runs on 1 to 256 threads");
        }
        let connections = raw.connections.as_ref();
        if let Some(n) = connections.filter(|n| !(1..=1_000_000).contains(n.get_ref())) {
            self.wrong(n, "a server holds 1 to 1,000,000 connections");
        }
        let home = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let listen = self.value(raw.listen.as_ref(), home(8080), address);
        let admin = self.value(raw.admin.as_ref(), home(8081), address);
        let plain = raw.plain.as_ref();
        let plain = plain.and_then(|raw| self.value(Some(raw), home(0), address));
        self.collisions(
            raw,
            &[("listen", listen), ("admin", admin), ("plain", plain)],
        );
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let data = raw.data.as_ref();
        let data = data.map_or(Path::new(DATA), |data| data.get_ref());
        let data = self.folder.join(data);
        let tls = match &raw.tls {
            None => None,
            Some(tls) => Some(self.tls(tls, raw, &data, url)?),
        };
        self.entrance(raw);
        Some(Server {
            listen: listen?,
            admin: admin?,
            plain,
            tls,
            proxy_protocol: raw.proxy_protocol.as_ref().is_some_and(|on| *on.get_ref()),
            handshake: handshake?,
            data,
            trusted_proxies: self.networks(&raw.trusted_proxies),
            threads: raw.threads.as_ref().map_or(cores, |n| *n.get_ref()),
            announce: announce?,
            zstd: raw.zstd.unwrap_or(true),
            limits: Limits {
                connections: connections.map_or(10_000, |n| *n.get_ref()),
                head: head?,
                stall: stall?,
                drain: drain?,
            },
        })
    }

    /// Two listeners can't have one address.
    fn collisions(&mut self, raw: &raw::Server, all: &[(&str, Option<SocketAddr>)]) {
        let places = [&raw.listen, &raw.admin, &raw.plain];
        for (later, (key, address)) in all.iter().enumerate() {
            let taken = |other: &&(&str, Option<SocketAddr>)| {
                other.1 == *address && address.is_some_and(|address| address.port() != 0)
            };
            let Some((other, _)) = all[..later].iter().find(taken) else {
                continue;
            };
            if let Some(place) = places[later].as_ref().or(places[0].as_ref()) {
                self.wrong_with_help(
                    place,
                    format!("{other} and {key} are the same; each listener is for others"),
                    "give one of them another port",
                );
            }
        }
    }

    /// What may stand before the readers' listener.
    fn entrance(&mut self, raw: &raw::Server) {
        if let (Some(plain), None) = (&raw.plain, &raw.tls) {
            self.wrong_with_help(
                plain,
                "plain sends readers to https, which isn't spoken here".to_owned(),
                "name certificates in [server.tls], or take plain out: without TLS, readers \
                 connect to listen",
            );
        }
        if let Some(on) = raw.proxy_protocol.as_ref().filter(|on| *on.get_ref())
            && raw.trusted_proxies.is_empty()
        {
            self.wrong_with_help(
                on,
                "nobody's PROXY header would be believed: no proxy is trusted".to_owned(),
                "name the proxy: trusted_proxies = [\"10.0.0.1\"]",
            );
        }
    }

    /// Networks, or single addresses.
    fn networks(&mut self, raw: &[Spanned<String>]) -> Vec<IpNet> {
        let parse = |text: &str| {
            text.parse::<IpNet>()
                .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        };
        let mut networks = Vec::new();
        for one in raw {
            match parse(one.get_ref()) {
                Ok(network) => networks.push(network),
                Err(_) => self.wrong_with_help(
                    one,
                    format!("\"{}\" is no network", one.get_ref()),
                    "write an address or a network, for example \"10.0.0.0/8\"",
                ),
            }
        }
        networks
    }
}

/// An address to listen on. Names aren't looked up.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!(
            "\"{text}\" is no address to listen on: an IP address and a port are needed, for \
             example \"127.0.0.1:8080\""
        )
    })
}

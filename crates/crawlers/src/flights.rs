//! The look-ups under way: one for each claim, however many ask, and a bounded
//! number in all.

use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::results::{Claim, Outcome};

/// Look-ups under way at once. Each has one datagram out at a time and takes
/// some milliseconds as a rule, so this is some thousands a second; a site's
/// crawlers need that many a day.
pub(crate) const MAX: usize = 64;

/// Of these, for addresses in one network (the /24 or the /48): whoever has one
/// network, and slow servers for its reverse DNS, can't keep the others out. A
/// search engine's own network rarely sends so many new addresses at once.
pub(crate) const MAX_PER_NETWORK: usize = 16;

/// Where an outcome will arrive; `None` until it does.
pub(crate) type Arrival = watch::Receiver<Option<Outcome>>;

/// The look-ups under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flights(Arc<Mutex<Vec<Flight>>>);

#[derive(Debug)]
struct Flight {
    claim: Claim,
    arrival: Arrival,
}

/// What becomes of who wants a look-up.
#[derive(Debug)]
pub(crate) enum Boarding {
    /// They have to do it, and to tell of it by the [`Landing`].
    First(Landing, Arrival),
    /// Somebody else is doing it.
    Joined(Arrival),
    /// There are too many.
    Full,
}

impl Flights {
    pub(crate) fn board(&self, claim: Claim) -> Boarding {
        let mut flights = self.0.lock();
        if let Some(flight) = flights.iter().find(|flight| flight.claim == claim) {
            return Boarding::Joined(flight.arrival.clone());
        }
        let network = network(claim.1);
        let neighbours = flights
            .iter()
            .filter(|flight| self::network(flight.claim.1) == network);
        if flights.len() >= MAX || neighbours.count() >= MAX_PER_NETWORK {
            return Boarding::Full;
        }
        let (tell, arrival) = watch::channel(None);
        flights.push(Flight {
            claim,
            arrival: arrival.clone(),
        });
        let landing = Landing {
            flights: self.clone(),
            claim,
            tell,
        };
        Boarding::First(landing, arrival)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.lock().len()
    }
}

/// The duty to tell how a look-up went. Its place is free again when this is
/// dropped, told or not.
#[derive(Debug)]
pub(crate) struct Landing {
    flights: Flights,
    claim: Claim,
    tell: watch::Sender<Option<Outcome>>,
}

impl Landing {
    pub(crate) fn tell(self, outcome: Outcome) {
        self.tell.send_replace(Some(outcome));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut flights = self.flights.0.lock();
        flights.retain(|flight| flight.claim != self.claim);
    }
}

/// The network of an address, as its first six bytes at most.
fn network(address: IpAddr) -> [u8; 6] {
    let mut network = [0; 6];
    match address {
        IpAddr::V4(v4) => network[..3].copy_from_slice(&v4.octets()[..3]),
        IpAddr::V6(v6) => network.copy_from_slice(&v6.octets()[..6]),
    }
    network
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::Agent;

    fn claim(agent: &str, address: &str) -> Claim {
        let agent = Agent::named(agent).expect("an agent");
        (agent, address.parse().expect("an address"))
    }

    #[test]
    fn who_comes_second_joins_the_first_until_it_has_landed() {
        let flights = Flights::default();
        let google = claim("googlebot", "192.0.2.1");
        let Boarding::First(landing, first) = flights.board(google) else {
            panic!("nobody else is there");
        };
        let Boarding::Joined(second) = flights.board(google) else {
            panic!("somebody is there");
        };
        // Another claim about the same address is another question.
        let bing = flights.board(claim("bingbot", "192.0.2.1"));
        assert!(matches!(bing, Boarding::First(..)));
        assert_eq!(flights.len(), 2);
        landing.tell(Outcome::Verified);
        assert_eq!(*first.borrow(), Some(Outcome::Verified));
        assert_eq!(*second.borrow(), Some(Outcome::Verified));
        drop(bing);
        assert_eq!(flights.len(), 0);
    }

    #[test]
    fn a_look_up_that_dies_frees_its_place_and_leaves_nobody_waiting() {
        let flights = Flights::default();
        let Boarding::First(landing, arrival) = flights.board(claim("yeti", "192.0.2.1")) else {
            panic!("nobody else is there");
        };
        drop(landing);
        assert_eq!(flights.len(), 0);
        assert!(arrival.has_changed().is_err(), "nobody is left to tell");
    }

    #[test]
    fn one_network_cannot_take_all_places() {
        let flights = Flights::default();
        let mut kept = Vec::new();
        for last in 0..MAX {
            kept.push(flights.board(claim("googlebot", &format!("192.0.2.{last}"))));
        }
        assert_eq!(flights.len(), MAX_PER_NETWORK);
        for last in 0..MAX {
            kept.push(flights.board(claim("googlebot", &format!("2001:db8:1:{last}::1"))));
        }
        assert_eq!(flights.len(), 2 * MAX_PER_NETWORK);
        for third in 0..MAX {
            kept.push(flights.board(claim("googlebot", &format!("198.51.{third}.1"))));
        }
        assert_eq!(flights.len(), MAX);
        drop(kept);
        assert_eq!(flights.len(), 0);
    }
}

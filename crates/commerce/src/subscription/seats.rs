//! A subscription for several: seats that members take by invitation or by
//! their firm's mail domain, and networks whose readers need none.
//!
//! Whose mail address belongs to which domain, and that it was verified, is
//! for the caller to know. Invitations are sent to addresses that are kept
//! outside; here they are seats.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::MailDomain;
use crate::ids::{AccountId, SeatId};

/// The most mail domains of a subscription: a group with a firm in every
/// country.
pub const MAX_DOMAINS: usize = 64;

/// The most networks of a subscription: they are compared one by one.
pub const MAX_NETWORKS: usize = 256;

/// The shortest prefix of a network of IPv4: 65,536 addresses, a large
/// university.
const LEAST_PREFIX_V4: u8 = 16;

/// The shortest of IPv6: what a provider gets, and as such more than any firm
/// has.
const LEAST_PREFIX_V6: u8 = 32;

/// Who sits in a subscription, and who may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    /// Seats that are taken or offered, in the order in which that happened.
    pub seats: Vec<Seat>,
    /// Whose verified addresses may take a seat by themselves.
    pub domains: Vec<MailDomain>,
    /// Whose readers are entitled without a seat.
    #[serde(with = "crate::wire::networks")]
    pub networks: Vec<IpNet>,
}

/// A seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Who sits in it.
    pub holder: SeatHolder,
    /// By which domain they took it; `None` where they were invited. It is theirs
    /// as long as the domain is admitted and their address is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<MailDomain>,
}

/// Who sits in a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatHolder {
    /// Nobody yet; it is kept for somebody who was invited.
    Invited,
    /// A member.
    Member(AccountId),
}

/// What can be asked about seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatCommand {
    /// Keep a seat for somebody.
    Invite {
        /// The seat, drawn for it; the invitation goes out under it.
        seat: SeatId,
    },
    /// Take a seat that was kept.
    Accept {
        /// Which.
        seat: SeatId,
        /// Who.
        account: AccountId,
    },
    /// Take a free seat by a verified address.
    Join {
        /// The seat, drawn for it.
        seat: SeatId,
        /// Who.
        account: AccountId,
        /// The domain of their address.
        domain: MailDomain,
    },
    /// Free a seat: taken or kept.
    Free {
        /// Which.
        seat: SeatId,
    },
    /// Say who may come without an invitation. Whoever took a seat by a domain
    /// that isn't among them gives it up.
    Admit {
        /// By their address.
        domains: Vec<MailDomain>,
        /// By their network.
        networks: Vec<IpNet>,
    },
}

/// What has happened to seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatFact {
    /// A seat is kept for somebody; the invitation goes out.
    Invited {
        /// Which.
        seat: SeatId,
    },
    /// A member sits in it.
    Taken {
        /// Which.
        seat: SeatId,
        /// Who.
        account: AccountId,
        /// By which domain of their address; `None` where they were invited.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        domain: Option<MailDomain>,
    },
    /// Nobody does any more.
    Freed {
        /// Which.
        seat: SeatId,
        /// Who did; `None` where it was only kept.
        account: Option<AccountId>,
    },
    /// Who may come without an invitation.
    Admitted {
        /// By their address.
        domains: Vec<MailDomain>,
        /// By their network.
        #[serde(with = "crate::wire::networks")]
        networks: Vec<IpNet>,
    },
}

/// Why something about seats is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SeatRefusal {
    /// It is for one.
    #[error("the subscription is for one reader; choose a plan with seats")]
    ForOne,
    /// All seats are taken.
    #[error("all {0} seats are taken; free one, or buy more")]
    Full(u32),
    /// No such seat.
    #[error("the invitation isn't valid any more; ask for another")]
    NoSuchSeat,
    /// Somebody else sits in it.
    #[error("somebody has taken the seat; ask for another invitation")]
    Taken,
    /// The address is of another domain.
    #[error("{}'s addresses don't take seats here; ask for an invitation", .0.as_str())]
    OtherDomain(MailDomain),
    /// Too many domains.
    #[error("{0} domains are too many; at most {MAX_DOMAINS}")]
    TooManyDomains(usize),
    /// Too many networks.
    #[error("{0} networks are too many; at most {MAX_NETWORKS}, so join some")]
    TooManyNetworks(usize),
    /// A network that half the world is in.
    #[error("{0} is no firm's network; at least /16 (IPv4) or /32 (IPv6)")]
    TooWide(IpNet),
}

impl Seat {
    fn freed(&self) -> SeatFact {
        SeatFact::Freed {
            seat: self.id,
            account: match self.holder {
                SeatHolder::Invited => None,
                SeatHolder::Member(account) => Some(account),
            },
        }
    }
}

impl Seats {
    /// Whether somebody sits in it.
    pub fn has_member(&self, account: AccountId) -> bool {
        self.seat_of(account).is_some()
    }

    /// How many seats are taken or kept.
    pub fn taken(&self) -> u32 {
        u32::try_from(self.seats.len()).unwrap_or(u32::MAX)
    }

    /// The seat that somebody sits in.
    pub fn seat_of(&self, account: AccountId) -> Option<&Seat> {
        self.seats
            .iter()
            .find(|seat| seat.holder == SeatHolder::Member(account))
    }

    fn seat(&self, id: SeatId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    pub(crate) fn handle(
        &self,
        command: &SeatCommand,
        quantity: u32,
    ) -> Result<Vec<SeatFact>, SeatRefusal> {
        let fact = match command {
            SeatCommand::Admit { domains, networks } => return self.admit(domains, networks),
            SeatCommand::Invite { seat } => {
                if self.seat(*seat).is_some() {
                    return Ok(Vec::new());
                }
                self.room(quantity)?;
                Some(SeatFact::Invited { seat: *seat })
            }
            SeatCommand::Accept { seat, account } => self.accept(*seat, *account)?,
            SeatCommand::Join {
                seat,
                account,
                domain,
            } => {
                if self.has_member(*account) {
                    return Ok(Vec::new());
                }
                if !self.domains.contains(domain) {
                    return Err(SeatRefusal::OtherDomain(domain.clone()));
                }
                self.room(quantity)?;
                Some(SeatFact::Taken {
                    seat: *seat,
                    account: *account,
                    domain: Some(domain.clone()),
                })
            }
            SeatCommand::Free { seat } => self.seat(*seat).map(Seat::freed),
        };
        Ok(fact.into_iter().collect())
    }

    /// Every list is the whole of it: what isn't there isn't admitted any more.
    fn admit(
        &self,
        domains: &[MailDomain],
        networks: &[IpNet],
    ) -> Result<Vec<SeatFact>, SeatRefusal> {
        if domains.len() > MAX_DOMAINS {
            return Err(SeatRefusal::TooManyDomains(domains.len()));
        }
        if networks.len() > MAX_NETWORKS {
            return Err(SeatRefusal::TooManyNetworks(networks.len()));
        }
        if let Some(wide) = networks.iter().find(|net| is_too_wide(net)) {
            return Err(SeatRefusal::TooWide(*wide));
        }
        if self.domains == domains && self.networks == networks {
            return Ok(Vec::new());
        }
        let is_out = |seat: &&Seat| {
            let domain = seat.domain.as_ref();
            domain.is_some_and(|domain| !domains.contains(domain))
        };
        let freed = self.seats.iter().filter(is_out).map(Seat::freed);
        let admitted = SeatFact::Admitted {
            domains: domains.to_vec(),
            networks: networks.to_vec(),
        };
        Ok(std::iter::once(admitted).chain(freed).collect())
    }

    fn accept(&self, seat: SeatId, account: AccountId) -> Result<Option<SeatFact>, SeatRefusal> {
        let found = self.seat(seat).ok_or(SeatRefusal::NoSuchSeat)?;
        match found.holder {
            SeatHolder::Member(member) if member == account => Ok(None),
            SeatHolder::Member(_) => Err(SeatRefusal::Taken),
            // Who sits there already leaves the invitation to others.
            SeatHolder::Invited if self.has_member(account) => Ok(None),
            SeatHolder::Invited => Ok(Some(SeatFact::Taken {
                seat,
                account,
                domain: None,
            })),
        }
    }

    fn room(&self, quantity: u32) -> Result<(), SeatRefusal> {
        if self.taken() < quantity {
            return Ok(());
        }
        Err(SeatRefusal::Full(quantity))
    }

    pub(crate) fn apply(&mut self, fact: &SeatFact) {
        match fact {
            SeatFact::Invited { seat } => self.seats.push(Seat {
                id: *seat,
                holder: SeatHolder::Invited,
                domain: None,
            }),
            SeatFact::Taken {
                seat,
                account,
                domain,
            } => {
                let taken = Seat {
                    id: *seat,
                    holder: SeatHolder::Member(*account),
                    domain: domain.clone(),
                };
                match self.seats.iter_mut().find(|found| found.id == *seat) {
                    Some(found) => *found = taken,
                    None => self.seats.push(taken),
                }
            }
            SeatFact::Freed { seat, .. } => self.seats.retain(|found| found.id != *seat),
            SeatFact::Admitted { domains, networks } => {
                self.domains.clone_from(domains);
                self.networks.clone_from(networks);
            }
        }
    }
}

fn is_too_wide(network: &IpNet) -> bool {
    let least = match network {
        IpNet::V4(_) => LEAST_PREFIX_V4,
        IpNet::V6(_) => LEAST_PREFIX_V6,
    };
    network.prefix_len() < least
}

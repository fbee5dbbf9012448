//! Readers: whose account it is, where they stand, and what they are offered.

use access::{Audience, EntitlementName, Period, Standing};
use gateway::{MeterStanding, ReaderStanding};
use prompts::LAST_HOURS;

use crate::api::{Answer, Api, By, Call, json};
use crate::problem::Problem;
use crate::wire;

/// What a subscription may give that apps ask about, whether or not a reader has it.
const KNOWN: [&str; 3] = ["read", "apps", "print"];

impl Api {
    pub(crate) async fn me(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        let found = self.own()?.store.read().await?.account(account).await?;
        let found = found.ok_or_else(Problem::token)?;
        json(&wire::Me {
            id: account.to_string(),
            mail: found.mail.map(|mail| mail.as_str().to_owned()),
            name: found.name,
            locale: found.locale,
            since: found.created.to_string(),
            scopes: match call.by {
                By::Program(_, scopes) => {
                    Some(scopes.iter().map(|scope| scope.name().to_owned()).collect())
                }
                By::Browser(_) | By::Nobody => None,
            },
        })
    }

    pub(crate) async fn meter(&self, call: &Call<'_>) -> Answer {
        let standing = self.standing(call).await?;
        json(&wire::Meters {
            meters: standing.meters.iter().map(meter).collect(),
        })
    }

    pub(crate) async fn entitlements(&self, call: &Call<'_>) -> Answer {
        let standing = self.standing(call).await?;
        let one = |name: &EntitlementName| {
            let found = standing.entitlements.standing(name.as_str(), call.now())?;
            Some(wire::Usable {
                name: name.as_str().to_owned(),
                active: found.is_active(),
                standing: standing_word(found).to_owned(),
            })
        };
        let mut names: Vec<EntitlementName> = KNOWN.map(EntitlementName::from).to_vec();
        for name in standing.entitlements.names() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        json(&wire::Rights {
            audience: audience(standing.audience).to_owned(),
            entitlements: names.iter().filter_map(one).collect(),
        })
    }

    pub(crate) async fn offers(&self, call: &Call<'_>) -> Answer {
        let standing = self.standing(call).await?;
        let locale = self.locale(&call.enquiry.headers);
        let offer = |offer: &access::Offer| {
            let left = offer.closes.map(|closes| call.now().duration_until(closes));
            let hours = left.and_then(|left| {
                let seconds = u64::try_from(left.as_secs().max(1)).ok()?;
                u16::try_from(seconds.div_ceil(3_600)).ok()
            });
            let hours = hours.filter(|hours| *hours <= LAST_HOURS);
            let words = self.messages.offer(&locale, offer, hours);
            wire::Offer {
                id: offer.id.as_str().to_owned(),
                headline: words.headline,
                small_print: words.small_print,
                ends: words.ends,
                price: offer.price.minor,
                decimals: offer.price.decimals,
                currency: String::from_utf8_lossy(&offer.price.currency).into_owned(),
                grants: offer
                    .grants
                    .iter()
                    .map(|name| name.as_str().to_owned())
                    .collect(),
                path: offer.link.as_deref().map(str::to_owned),
            }
        };
        json(&wire::Offers {
            offers: standing.offers.iter().map(offer).collect(),
        })
    }

    async fn standing(&self, call: &Call<'_>) -> Result<ReaderStanding, Problem> {
        let (headers, peer) = (&call.enquiry.headers, call.enquiry.peer);
        Ok(self.gate.standing(headers, peer, call.now()).await?)
    }
}

fn meter(meter: &MeterStanding) -> wire::MeterState {
    wire::MeterState {
        id: meter.id.as_str().to_owned(),
        period: match meter.period {
            Period::CalendarMonth => "month",
            Period::CalendarWeek { .. } => "week",
            Period::RollingDays(_) => "days",
        }
        .to_owned(),
        used: meter.used,
        limit: meter.limit,
        left: meter.limit.saturating_sub(meter.used),
        renews: meter.renews.map(|day| day.to_string()),
    }
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Anonymous => "anonymous",
        Audience::Registered => "registered",
        Audience::Trial => "trial",
        Audience::Subscriber => "subscriber",
        Audience::Paused => "paused",
        Audience::Lapsed => "lapsed",
    }
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Trial => "trial",
        Standing::Paid => "paid",
        Standing::Grace => "grace",
        Standing::Complimentary => "complimentary",
        Standing::Paused => "paused",
        Standing::EndedTrial => "ended-trial",
        Standing::EndedSubscription => "ended-subscription",
    }
}

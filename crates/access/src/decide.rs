//! The decision: may this reader read this story now, and what are they told?

use std::fmt;

use crate::gift::given;
use crate::meter::tally;
use crate::{
    Action, Charge, Counted, Facts, Freshness, Purpose, Reader, ReaderKind, Reading, RuleNo, Rules,
    Standing, StoryNo, Wall,
};

/// How much of the story is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// All of it.
    Full,
    /// Its beginning.
    Preview,
}

impl Outcome {
    /// The word that stands for the outcome in headers, logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Preview => "preview",
        }
    }
}

/// Why a decision is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A rule opens the story to whoever it matched.
    Free,
    /// Sponsored stories are open to everybody.
    Sponsored,
    /// The reader is entitled, to all or to this story.
    Entitled,
    /// The meter pays for the story.
    Counted,
    /// The meter has paid for the story before in this period.
    AlreadyCounted,
    /// A gift link opened it.
    Gift,
    /// A verified search crawler reads it.
    Crawler,
    /// Staff read it.
    Staff,
    /// The meter is used up.
    MeterExhausted,
    /// The story asks for an account.
    RegistrationRequired,
    /// The story asks for a subscription.
    SubscriptionRequired,
    /// As before, for a reader whose trial has ended.
    TrialEnded,
    /// As before, for a reader whose subscription has ended.
    SubscriptionEnded,
    /// As before, for a reader whose subscription is paused.
    SubscriptionPaused,
    /// The reader is entitled while a failed payment is retried.
    PaymentGrace,
    /// The network has made too many new readers today.
    FreshReaderBudget,
    /// The meter couldn't be asked, or can't be charged for such a request.
    Unavailable,
}

impl Reason {
    /// Every reason, for metrics and documentation.
    pub const ALL: [Self; 17] = [
        Self::Free,
        Self::Sponsored,
        Self::Entitled,
        Self::Counted,
        Self::AlreadyCounted,
        Self::Gift,
        Self::Crawler,
        Self::Staff,
        Self::MeterExhausted,
        Self::RegistrationRequired,
        Self::SubscriptionRequired,
        Self::TrialEnded,
        Self::SubscriptionEnded,
        Self::SubscriptionPaused,
        Self::PaymentGrace,
        Self::FreshReaderBudget,
        Self::Unavailable,
    ];

    /// How much of the story is served for this reason: never now this, now
    /// that.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Free
            | Self::Sponsored
            | Self::Entitled
            | Self::Counted
            | Self::AlreadyCounted
            | Self::Gift
            | Self::Crawler
            | Self::Staff
            | Self::PaymentGrace => Outcome::Full,
            Self::MeterExhausted
            | Self::RegistrationRequired
            | Self::SubscriptionRequired
            | Self::TrialEnded
            | Self::SubscriptionEnded
            | Self::SubscriptionPaused
            | Self::FreshReaderBudget
            | Self::Unavailable => Outcome::Preview,
        }
    }

    /// The word that stands for the reason in headers, logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Sponsored => "sponsored",
            Self::Entitled => "entitled",
            Self::Counted => "counted",
            Self::AlreadyCounted => "already-counted",
            Self::Gift => "gift",
            Self::Crawler => "crawler",
            Self::Staff => "staff",
            Self::MeterExhausted => "meter-exhausted",
            Self::RegistrationRequired => "registration-required",
            Self::SubscriptionRequired => "subscription-required",
            Self::TrialEnded => "trial-ended",
            Self::SubscriptionEnded => "subscription-ended",
            Self::SubscriptionPaused => "subscription-paused",
            Self::PaymentGrace => "payment-grace",
            Self::FreshReaderBudget => "fresh-reader-budget",
            Self::Unavailable => "unavailable",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prompt {
    /// So many free stories are left.
    Countdown,
    /// This is the last free story.
    LastStory,
    /// A subscriber gave you this story.
    Gift,
    /// The gift link is no longer good; the story is open for another reason.
    GiftOver,
    /// Please register.
    RegistrationWall,
    /// Please subscribe.
    Paywall,
    /// Your trial has ended; please subscribe.
    TrialEnded,
    /// Your subscription has ended; please come back.
    SubscriptionEnded,
    /// Your subscription is paused.
    SubscriptionPaused,
    /// A payment failed; please look at it. The story is open.
    PaymentTrouble,
    /// The rest can't be shown just now; it is our fault, and nothing is sold.
    Unavailable,
}

impl Prompt {
    /// Every prompt, for metrics and tests.
    pub const ALL: [Self; 11] = [
        Self::Countdown,
        Self::LastStory,
        Self::Gift,
        Self::GiftOver,
        Self::RegistrationWall,
        Self::Paywall,
        Self::TrialEnded,
        Self::SubscriptionEnded,
        Self::SubscriptionPaused,
        Self::PaymentTrouble,
        Self::Unavailable,
    ];

    /// The word that stands for the prompt in logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Countdown => "countdown",
            Self::LastStory => "last-story",
            Self::Gift => "gift",
            Self::GiftOver => "gift-over",
            Self::RegistrationWall => "registration-wall",
            Self::Paywall => "paywall",
            Self::TrialEnded => "trial-ended",
            Self::SubscriptionEnded => "subscription-ended",
            Self::SubscriptionPaused => "subscription-paused",
            Self::PaymentTrouble => "payment-trouble",
            Self::Unavailable => "unavailable",
        }
    }
}

/// What was decided, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// How much is served.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// The rule that decided; `None` where none matched or none was asked.
    pub rule: Option<RuleNo>,
    /// The meter's state, where a meter had a say.
    pub reading: Option<Reading>,
    /// What the meter must do before the decision may be acted upon.
    pub charge: Option<Charge>,
    /// What the reader is told.
    pub prompt: Option<Prompt>,
}

impl Decision {
    fn full(reason: Reason, rule: Option<RuleNo>) -> Self {
        Self {
            outcome: Outcome::Full,
            reason,
            rule,
            reading: None,
            charge: None,
            prompt: None,
        }
    }

    fn preview(reason: Reason, rule: Option<RuleNo>, prompt: Prompt) -> Self {
        Self {
            outcome: Outcome::Preview,
            reason,
            rule,
            reading: None,
            charge: None,
            prompt: Some(prompt),
        }
    }

    /// The decision when what this one rests on can't do its part, the meter or
    /// the latest version of the page: the beginning, never the whole, and
    /// words that say so rather than ask for money.
    #[must_use]
    pub fn unavailable(self) -> Self {
        Self {
            outcome: Outcome::Preview,
            reason: Reason::Unavailable,
            charge: None,
            prompt: Some(Prompt::Unavailable),
            ..self
        }
    }
}

/// Decides.
///
/// `number` is the story's number in the meter's records, `None` while it has
/// never been counted; `history` is what the meter has counted for the reader.
/// Total: every input has a decision, and what isn't expressly opened is
/// withheld.
pub fn decide(
    rules: &Rules,
    facts: &Facts<'_>,
    number: Option<StoryNo>,
    history: &[Counted],
) -> Decision {
    let decision = without_gift(rules, facts, number, history);
    match facts.reader.gift {
        None => decision,
        Some(gift) => given(decision, gift, facts),
    }
}

/// Decides as if the reader showed no gift link.
pub(crate) fn without_gift(
    rules: &Rules,
    facts: &Facts<'_>,
    number: Option<StoryNo>,
    history: &[Counted],
) -> Decision {
    if let Some(decision) = before_rules(facts) {
        return decision;
    }
    for (index, rule) in rules.rules().iter().enumerate() {
        if !rule.when.evaluate(facts).is_true() {
            continue;
        }
        // `Rules` has at most 1,100 rules.
        let no = RuleNo(u16::try_from(index).unwrap_or(u16::MAX));
        match rule.then {
            Action::Open => return open(facts, no, rule.when.rests_on_entitlement(facts)),
            Action::Meter { meter, wall } => {
                return metered(rules, facts, no, (meter, wall), number, history);
            }
            Action::Wall(wall) => {
                if let Some(decision) = walled(facts.reader, facts, Some(no), wall) {
                    return decision;
                }
            }
        }
    }
    subscribe(facts, None)
}

/// What no rule has a say in.
pub(crate) fn before_rules(facts: &Facts<'_>) -> Option<Decision> {
    if facts.reader.kind == ReaderKind::Staff {
        return Some(Decision::full(Reason::Staff, None));
    }
    if facts.story.sponsor.is_some() {
        return Some(Decision::full(Reason::Sponsored, None));
    }
    // Whoever has bought a story reads it whatever the rules have come to say.
    if facts.reader.stories.open(&facts.story.id, facts.now()) {
        return Some(Decision::full(Reason::Entitled, None));
    }
    // Search engines ask to see what readers are sold, and are told by markup
    // that it isn't free; whether they may at all is decided when they are
    // verified.
    (facts.reader.kind == ReaderKind::Crawler).then(|| Decision::full(Reason::Crawler, None))
}

fn open(facts: &Facts<'_>, no: RuleNo, entitlement: Option<&crate::EntitlementName>) -> Decision {
    let Some(name) = entitlement else {
        return Decision::full(Reason::Free, Some(no));
    };
    match facts
        .reader
        .entitlements
        .standing(name.as_str(), facts.now())
    {
        Some(Standing::Grace) => Decision {
            prompt: Some(Prompt::PaymentTrouble),
            ..Decision::full(Reason::PaymentGrace, Some(no))
        },
        _ => Decision::full(Reason::Entitled, Some(no)),
    }
}

/// `None` where the wall doesn't stand in this reader's way, and later rules
/// decide.
pub(crate) fn walled(
    reader: &Reader,
    facts: &Facts<'_>,
    no: Option<RuleNo>,
    wall: Wall,
) -> Option<Decision> {
    match wall {
        Wall::Register if reader.kind == ReaderKind::Registered => None,
        Wall::Register => Some(Decision::preview(
            Reason::RegistrationRequired,
            no,
            Prompt::RegistrationWall,
        )),
        Wall::Subscribe => Some(subscribe(facts, no)),
    }
}

fn subscribe(facts: &Facts<'_>, no: Option<RuleNo>) -> Decision {
    let (reason, prompt) = ended(facts).unwrap_or((Reason::SubscriptionRequired, Prompt::Paywall));
    Decision::preview(reason, no, prompt)
}

/// The words for who has lost access, for good or for a while.
fn ended(facts: &Facts<'_>) -> Option<(Reason, Prompt)> {
    match facts.reader.entitlements.standing("read", facts.now())? {
        Standing::EndedTrial => Some((Reason::TrialEnded, Prompt::TrialEnded)),
        Standing::EndedSubscription => Some((Reason::SubscriptionEnded, Prompt::SubscriptionEnded)),
        Standing::Paused => Some((Reason::SubscriptionPaused, Prompt::SubscriptionPaused)),
        Standing::Trial | Standing::Paid | Standing::Grace | Standing::Complimentary => None,
    }
}

fn metered(
    rules: &Rules,
    facts: &Facts<'_>,
    no: RuleNo,
    (index, wall): (usize, Wall),
    number: Option<StoryNo>,
    history: &[Counted],
) -> Decision {
    // `Rules::new` has checked the index; without a meter nothing is paid for.
    let Some(meter) = rules.meters().get(index) else {
        return subscribe(facts, Some(no));
    };
    let window = facts.moment.window(index);
    let limit = match facts.reader.kind {
        ReaderKind::Registered => meter.allowance.registered,
        _ => meter.allowance.anonymous,
    };
    let (used, already) = tally(history, meter.no, number, window);
    let reading = Reading {
        meter: meter.no,
        used,
        limit,
    };
    let told = Decision {
        reading: Some(reading),
        ..subscribe(facts, Some(no))
    };

    if facts.request.purpose == Purpose::Inspect {
        return Decision {
            reason: Reason::Unavailable,
            prompt: None,
            ..told
        };
    }
    if already {
        return Decision {
            prompt: countdown(reading, meter.notice),
            reading: Some(reading),
            ..Decision::full(Reason::AlreadyCounted, Some(no))
        };
    }
    if used >= limit {
        return exhausted(facts, wall, told);
    }
    if facts.reader.kind == ReaderKind::Anonymous(Freshness::OverBudget) {
        let reason = Reason::FreshReaderBudget;
        return Decision {
            reason,
            prompt: Some(Prompt::RegistrationWall),
            ..told
        };
    }
    let reading = Reading {
        used: used + 1,
        ..reading
    };
    Decision {
        prompt: countdown(reading, meter.notice),
        reading: Some(reading),
        charge: Some(Charge {
            meter: meter.no,
            since: window.start,
            at: facts.moment.minute(),
            limit,
        }),
        ..Decision::full(Reason::Counted, Some(no))
    }
}

/// At the limit: who has lost a subscription, or paused it, hears of that,
/// everybody else of the meter; a registration wall is for who hasn't registered.
fn exhausted(facts: &Facts<'_>, wall: Wall, told: Decision) -> Decision {
    if ended(facts).is_some() {
        return told;
    }
    let prompt = match wall {
        Wall::Register if facts.reader.kind != ReaderKind::Registered => Prompt::RegistrationWall,
        Wall::Register | Wall::Subscribe => Prompt::Paywall,
    };
    Decision {
        reason: Reason::MeterExhausted,
        prompt: Some(prompt),
        ..told
    }
}

fn countdown(reading: Reading, notice: u16) -> Option<Prompt> {
    match reading.left() {
        0 => Some(Prompt::LastStory),
        left if left <= notice => Some(Prompt::Countdown),
        _ => None,
    }
}

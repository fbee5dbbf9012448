//! The publisher's rules, checked once so that deciding can't fail.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Condition, MAX_ALLOWANCE, Meter, Moment, Name, Period};

/// The most meters that rules may have: what the counted entry's six bits of
/// meter number can tell apart.
pub const MAX_METERS: usize = 64;

/// The longest rolling period, in days: a year and a month, beyond which nobody
/// would remember what a reader had read.
const MAX_DAYS: u16 = 400;

/// The most rules taken; each costs some nanoseconds on every page view.
const MAX_RULES: usize = 1_000;

/// The most rules that can be put before those for a while. They have a bound
/// of their own, so that what is opened in a hurry can be opened however many
/// rules there are, and closed again without one of those being in the way.
pub const MAX_URGENT: usize = 100;

/// What stands between a reader and the rest of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// A registered reader passes; others are asked to register.
    Register,
    /// A subscription is offered.
    Subscribe,
}

/// What follows when a rule matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The story is open.
    Open,
    /// The story is paid for by a meter, and withheld once that is used up.
    Meter {
        /// Index into the rules' meters.
        meter: usize,
        /// What stands there once it is used up.
        wall: Wall,
    },
    /// The story is withheld.
    Wall(Wall),
}

/// A condition and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name that decisions give as their rule.
    pub id: Name,
    /// When it matches.
    pub when: Condition,
    /// What follows.
    pub then: Action,
}

/// The place of a rule in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleNo(pub u16);

/// Why rules were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulesError {
    /// Two rules have one id.
    DuplicateRule(Name),
    /// Two meters have one id or number.
    DuplicateMeter(Name),
    /// A rule names a meter that isn't there.
    NoSuchMeter(Name),
    /// A rule would meter or withhold sponsored stories.
    SponsoredWithheld(Name),
    /// A condition is nested too deeply.
    TooDeep(Name),
    /// An allowance is above [`MAX_ALLOWANCE`].
    AllowanceTooLarge(Name),
    /// Registered readers would get fewer stories than anonymous ones.
    AllowanceShrinks(Name),
    /// A rolling period of no days, or of more than 400 days.
    BadPeriod(Name),
    /// More meters or rules than can be held.
    TooMany,
    /// More rules put before the others than can be held.
    TooManyUrgent,
}

impl RulesError {
    /// The rule or meter that the error is about.
    pub fn subject(&self) -> Option<&Name> {
        match self {
            Self::DuplicateRule(id)
            | Self::DuplicateMeter(id)
            | Self::NoSuchMeter(id)
            | Self::SponsoredWithheld(id)
            | Self::TooDeep(id)
            | Self::AllowanceTooLarge(id)
            | Self::AllowanceShrinks(id)
            | Self::BadPeriod(id) => Some(id),
            Self::TooMany | Self::TooManyUrgent => None,
        }
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateRule(id) => write!(f, "two rules are called \"{id}\"; rename one"),
            Self::DuplicateMeter(id) => write!(f, "two meters are called \"{id}\"; rename one"),
            Self::NoSuchMeter(id) => {
                write!(f, "rule \"{id}\" names a meter that isn't among [[meters]]")
            }
            Self::SponsoredWithheld(id) => write!(
                f,
                "rule \"{id}\" would meter or withhold sponsored stories, which are always open; \
                 let it open them, or drop `sponsored = true`"
            ),
            Self::TooDeep(id) => {
                write!(
                    f,
                    "rule \"{id}\" nests more than {} levels",
                    Condition::MAX_DEPTH
                )
            }
            Self::AllowanceTooLarge(id) => {
                write!(
                    f,
                    "meter \"{id}\" gives away more than {MAX_ALLOWANCE} stories"
                )
            }
            Self::AllowanceShrinks(id) => write!(
                f,
                "meter \"{id}\" gives registered readers fewer stories than anonymous ones, \
                 so signing in would cost them"
            ),
            Self::BadPeriod(id) => {
                write!(f, "meter \"{id}\" needs a period of 1 to {MAX_DAYS} days")
            }
            Self::TooMany => write!(
                f,
                "there can be at most {MAX_METERS} meters and {MAX_RULES} rules"
            ),
            Self::TooManyUrgent => {
                write!(f, "at most {MAX_URGENT} rules can stand before all others")
            }
        }
    }
}

impl std::error::Error for RulesError {}

/// Checked rules: what [`decide`](crate::decide) works by.
#[derive(Clone, Debug)]
pub struct Rules {
    zone: TimeZone,
    meters: Vec<Meter>,
    list: Vec<Rule>,
}

impl Rules {
    /// How long a counted story can matter to any rules that there could be, in
    /// minutes: as long as the longest period.
    pub const RETENTION: u32 = (MAX_DAYS as u32 + 1) * 24 * 60;

    /// Checks and takes the rules.
    pub fn new(zone: TimeZone, meters: Vec<Meter>, rules: Vec<Rule>) -> Result<Self, RulesError> {
        if meters.len() > MAX_METERS || rules.len() > MAX_RULES {
            return Err(RulesError::TooMany);
        }
        for (index, meter) in meters.iter().enumerate() {
            check_meter(meter)?;
            let earlier = &meters[..index];
            if earlier
                .iter()
                .any(|other| other.id == meter.id || other.no == meter.no)
            {
                return Err(RulesError::DuplicateMeter(meter.id.clone()));
            }
        }
        check_rules(&rules, meters.len())?;
        Ok(Self {
            zone,
            meters,
            list: rules,
        })
    }

    /// These rules with `urgent` ones before them, at most [`MAX_URGENT`],
    /// which are asked first and have their own count.
    pub fn behind(mut self, urgent: Vec<Rule>) -> Result<Self, RulesError> {
        if urgent.len() > MAX_URGENT {
            return Err(RulesError::TooManyUrgent);
        }
        self.list.splice(0..0, urgent);
        check_rules(&self.list, self.meters.len())?;
        Ok(self)
    }

    /// No rules at all: everything but sponsored stories is behind the wall.
    pub fn closed(zone: TimeZone) -> Self {
        Self {
            zone,
            meters: Vec::new(),
            list: Vec::new(),
        }
    }

    /// The publication's zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The meters, in the order that [`Action::Meter`] refers to.
    pub fn meters(&self) -> &[Meter] {
        &self.meters
    }

    /// The rules, first match first.
    pub fn rules(&self) -> &[Rule] {
        &self.list
    }

    /// The id of a rule that a decision names.
    pub fn rule_id(&self, no: RuleNo) -> Option<&Name> {
        self.list.get(usize::from(no.0)).map(|rule| &rule.id)
    }

    /// The windows of all meters around `now`.
    pub fn moment(&self, now: Timestamp) -> Moment {
        Moment::new(&self.meters, &self.zone, now)
    }

    /// Moves `moment` to `now`, cheaply.
    pub fn advance(&self, moment: &mut Moment, now: Timestamp) {
        moment.advance(&self.meters, &self.zone, now);
    }
}

fn check_meter(meter: &Meter) -> Result<(), RulesError> {
    let allowance = meter.allowance;
    if allowance.anonymous.max(allowance.registered) > MAX_ALLOWANCE {
        return Err(RulesError::AllowanceTooLarge(meter.id.clone()));
    }
    if allowance.registered < allowance.anonymous {
        return Err(RulesError::AllowanceShrinks(meter.id.clone()));
    }
    if let Period::RollingDays(days) = meter.period
        && !(1..=MAX_DAYS).contains(&days)
    {
        return Err(RulesError::BadPeriod(meter.id.clone()));
    }
    Ok(())
}

fn check_rules(rules: &[Rule], meters: usize) -> Result<(), RulesError> {
    for (index, rule) in rules.iter().enumerate() {
        check_rule(rule, meters)?;
        if rules[..index].iter().any(|other| other.id == rule.id) {
            return Err(RulesError::DuplicateRule(rule.id.clone()));
        }
    }
    Ok(())
}

fn check_rule(rule: &Rule, meters: usize) -> Result<(), RulesError> {
    if rule.when.depth() > Condition::MAX_DEPTH {
        return Err(RulesError::TooDeep(rule.id.clone()));
    }
    match rule.then {
        Action::Meter { meter, .. } if meter >= meters => {
            Err(RulesError::NoSuchMeter(rule.id.clone()))
        }
        Action::Meter { .. } | Action::Wall(_) if rule.when.demands_sponsor() => {
            Err(RulesError::SponsoredWithheld(rule.id.clone()))
        }
        _ => Ok(()),
    }
}

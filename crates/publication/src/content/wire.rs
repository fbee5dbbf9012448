//! How values that don't know of `serde` are written into derived data. Each
//! module is for `#[serde(with = "…")]`.

/// A moment, to the nanosecond.
pub(super) mod time {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        time.as_nanosecond().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        let nanoseconds = i128::deserialize(from)?;
        Timestamp::from_nanosecond(nanoseconds).map_err(D::Error::custom)
    }
}

/// A moment that may be left out.
pub(super) mod optional_time {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Written(#[serde(with = "super::time")] Timestamp);

    #[expect(clippy::ref_option, reason = "what serde calls is given a reference")]
    pub(crate) fn serialize<S: Serializer>(
        time: &Option<Timestamp>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(Written).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        let written = Option::<Written>::deserialize(from)?;
        Ok(written.map(|Written(time)| time))
    }
}

/// A day of the calendar.
pub(super) mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it so")]
    pub(crate) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        (day.year(), day.month(), day.day()).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(from)?;
        Date::new(year, month, day).map_err(D::Error::custom)
    }
}

/// How a story is offered, by its word.
pub(super) mod tier {
    use access::Tier;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it so")]
    pub(crate) fn serialize<S: Serializer>(tier: &Tier, to: S) -> Result<S::Ok, S::Error> {
        tier.as_str().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Tier, D::Error> {
        let word = <&str>::deserialize(from)?;
        Tier::parse(word).ok_or_else(|| D::Error::custom("not a tier"))
    }
}

/// A name that rules may mention.
pub(super) mod name {
    use access::Name;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(name: &Name, to: S) -> Result<S::Ok, S::Error> {
        name.as_str().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
        Ok(Name::new(<&str>::deserialize(from)?))
    }
}

/// A language that may be left out, by its tag.
pub(super) mod optional_locale {
    use prompts::Locale;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    #[expect(clippy::ref_option, reason = "what serde calls is given a reference")]
    pub(crate) fn serialize<S: Serializer>(
        locale: &Option<Locale>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        locale.as_ref().map(Locale::to_string).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Locale>, D::Error> {
        let tag = Option::<&str>::deserialize(from)?;
        let parsed = tag.map(|tag| tag.parse::<Locale>().map_err(D::Error::custom));
        parsed.transpose()
    }
}

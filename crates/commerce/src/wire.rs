//! How what `access` knows is written down: `access` itself knows no
//! serialisation.

/// A [`Country`](access::Country) as its two letters.
pub(crate) mod country {
    use access::Country;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes the field by reference"
    )]
    pub(crate) fn serialize<S: Serializer>(country: &Country, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(country)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Country, D::Error> {
        let text = String::deserialize(from)?;
        Country::parse(&text)
            .ok_or_else(|| D::Error::custom(format_args!("\"{text}\" is no country")))
    }
}

/// A country, where there is one.
pub(crate) mod some_country {
    use access::Country;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes the field by reference"
    )]
    pub(crate) fn serialize<S: Serializer>(
        country: &Option<Country>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        country.map(|country| country.to_string()).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Country>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let unknown = || D::Error::custom(format_args!("\"{text}\" is no country"));
        Country::parse(&text).map(Some).ok_or_else(unknown)
    }
}

/// A list of entitlements by their names.
pub(crate) mod names {
    use access::EntitlementName;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        names: &[EntitlementName],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(names.iter().map(EntitlementName::as_str))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<EntitlementName>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        Ok(texts.into_iter().map(EntitlementName::new).collect())
    }
}

/// A story's id, where there is one.
pub(crate) mod story {
    use access::StoryId;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde passes the field by reference")]
    pub(crate) fn serialize<S: Serializer>(
        story: &Option<StoryId>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        story.as_ref().map(StoryId::as_str).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<StoryId>, D::Error> {
        Ok(Option::<String>::deserialize(from)?.map(StoryId::new))
    }
}

/// Terms that are shared, as if they weren't.
pub(crate) mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::terms::Terms;

    pub(crate) fn serialize<S: Serializer>(terms: &Arc<Terms>, to: S) -> Result<S::Ok, S::Error> {
        terms.as_ref().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Terms>, D::Error> {
        Terms::deserialize(from).map(Arc::new)
    }
}

/// Several of a kind, or one by itself, as it was written while there could be no
/// more.
pub(crate) fn one_or_more<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Written<T> {
        More(Vec<T>),
        One(T),
    }
    let written = <Written<T> as serde::Deserialize>::deserialize(from)?;
    Ok(match written {
        Written::More(all) => all,
        Written::One(one) => vec![one],
    })
}

/// Networks in the usual notation, `203.0.113.0/24`.
pub(crate) mod networks {
    use ipnet::IpNet;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(networks: &[IpNet], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(networks.iter().map(IpNet::to_string))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpNet>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let read = |text: &String| text.parse().map_err(D::Error::custom);
        texts.iter().map(read).collect()
    }
}

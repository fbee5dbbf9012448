//! Why a site has given nothing to look at, and what to do about it.

use anyhow::anyhow;
use upstream::Error;

use super::home::Home;

/// Why there is nothing to look at.
#[derive(Clone, Debug)]
pub(crate) enum Nothing {
    /// The site gave no answer.
    Failed(Error),
    /// It took too long, or broke off.
    BrokeOff(String),
    /// It leads to another host.
    Elsewhere(String),
    /// It leads around in a circle.
    Circle,
    /// Time or requests are used up.
    Enough,
}

impl Nothing {
    /// What to tell whoever asked for the site, and what they can do.
    pub(crate) fn about(self, home: &Home) -> anyhow::Error {
        match self {
            Self::Failed(Error::Unreachable { why, .. }) if is_unknown(&why) => anyhow!(
                "nobody knows the host of {home} ({why}); is it written right, and does this \
                 machine look names up?"
            ),
            Self::Failed(Error::Unreachable { why, .. }) if is_distrusted(&why) => anyhow!(
                "{home} can't prove by its certificate that it is that site ({why}); ask for the \
                 name that the certificate is for, or for the site's own address by http"
            ),
            Self::Failed(Error::Unreachable { why, .. }) => {
                anyhow!("{home} can't be reached ({why}); is it running, and is the port right?")
            }
            Self::Failed(Error::Silent { patience, .. }) => anyhow!(
                "{home} has said nothing for {patience:?}; is it at work, or does it keep \
                 strangers waiting?"
            ),
            Self::Failed(error) => anyhow!("{error}"),
            Self::BrokeOff(why) => anyhow!("{home} gave no whole answer: {why}"),
            Self::Elsewhere(link) => anyhow!(
                "{home} sends its readers on to {link}. Probe that address; or, where the site \
                 only wants to be called by its own name, say which: --host NAME"
            ),
            Self::Circle => anyhow!(
                "{home} sends its readers in a circle; does it want another name (--host NAME), or \
                 https?"
            ),
            Self::Enough => anyhow!("there was no time left; allow more: --time SECONDS"),
        }
    }
}

fn is_unknown(why: &str) -> bool {
    why.contains("dns error") || why.contains("lookup address")
}

fn is_distrusted(why: &str) -> bool {
    why.contains("certificate") || why.contains("Certificate")
}

//! Subscriptions that nobody looks after, because the configuration has lost what
//! that takes.

use store::Store;

use crate::config::Config;

/// Says at a start how many there are, and what to write.
pub(super) async fn tell(store: &Store, config: &Config) {
    if config.mail.is_some() && config.payments.is_some() {
        return;
    }
    let count = async { store.read().await?.running_count().await };
    let subscriptions = match count.await {
        Ok(0) => return,
        Ok(count) => count,
        Err(error) => {
            tracing::warn!(%error, "it can't be seen how many subscriptions run");
            return;
        }
    };
    if config.mail.is_none() {
        tracing::error!(
            subscriptions,
            "subscriptions run and nobody looks after them: none is renewed, none ends, nobody \
             can sign in or is written to. Write [mail], and [payments] where they are paid for, \
             into the configuration, and start again"
        );
    } else {
        tracing::warn!(
            subscriptions,
            "subscriptions run and nobody takes money for them: what is to be paid from now on \
             waits. Write [payments] into the configuration and start again, unless all of them \
             were given for nothing"
        );
    }
}

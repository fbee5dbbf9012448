//! From what was written on the command line to what is asked of the server.

use super::cli::{
    CancelArgs, DoorArgs, EraseArgs, ExportArgs, GrantArgs, MergeArgs, RefundArgs, ResendArgs,
    RetryArgs, RevokeArgs, TaxArgs,
};
use super::said::Act;

impl GrantArgs {
    pub(super) fn act(&self) -> Act {
        Act::Grant {
            reader: self.reader.clone(),
            product: self.product.clone(),
            until: self.until.clone(),
        }
    }
}

impl RevokeArgs {
    pub(super) fn act(&self) -> Act {
        Act::Revoke {
            reader: self.reader.clone(),
            subscription: self.subscription.clone(),
            dry_run: self.dry_run,
        }
    }
}

impl CancelArgs {
    pub(super) fn act(&self) -> Act {
        Act::Cancel {
            reader: self.reader.clone(),
            subscription: self.subscription.clone(),
            now: self.now,
            dry_run: self.dry_run,
        }
    }
}

impl TaxArgs {
    pub(super) fn act(&self) -> Act {
        Act::Tax {
            reader: self.reader.clone(),
            subscription: self.subscription.clone(),
            country: self.country.clone(),
            business: self.business.clone(),
            dry_run: self.dry_run,
        }
    }
}

impl RefundArgs {
    pub(super) fn act(&self) -> Act {
        Act::Refund {
            reader: self.reader.clone(),
            payment: self.payment.clone(),
            amount: self.amount.clone(),
            end: self.end,
            again: self.again,
            dry_run: self.dry_run,
        }
    }
}

impl ResendArgs {
    pub(super) fn act(&self) -> Act {
        Act::Resend {
            reader: self.reader.clone(),
            mail: self.mail,
        }
    }
}

impl MergeArgs {
    pub(super) fn act(&self) -> Act {
        Act::Merge {
            from: self.reader.clone(),
            into: self.into.clone(),
        }
    }
}

impl DoorArgs {
    pub(super) fn close(&self) -> Act {
        Act::Close {
            reader: self.reader.clone(),
        }
    }

    pub(super) fn reopen(&self) -> Act {
        Act::Reopen {
            reader: self.reader.clone(),
        }
    }
}

impl ExportArgs {
    pub(super) fn act(&self) -> Act {
        Act::Export {
            reader: self.reader.clone(),
        }
    }
}

impl EraseArgs {
    pub(super) fn act(&self) -> Act {
        Act::Erase {
            reader: self.reader.clone(),
            names: self.invoice_names,
        }
    }
}

impl RetryArgs {
    pub(super) fn act(&self) -> Act {
        Act::Retry {
            id: self.id.clone(),
        }
    }
}

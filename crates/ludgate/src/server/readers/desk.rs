//! From the gate to the readers' own pages, and back.

use std::sync::Arc;

use arc_swap::ArcSwap;
use billing::Billing;
use gateway::{Enquiry, Receiving, Reception};
use providers::stripe::MAX_WEBHOOK;
use web::{Pages, Request};

use super::webhook;

/// Hands over what is asked below the prefix.
pub(super) struct Desk {
    pages: Arc<ArcSwap<Pages>>,
    billing: Billing,
    forgeries: webhook::Forgeries,
}

impl Desk {
    pub(super) fn new(pages: Arc<ArcSwap<Pages>>, billing: Billing) -> Self {
        Self {
            pages,
            billing,
            forgeries: webhook::Forgeries::default(),
        }
    }
}

impl Reception for Desk {
    fn receive(&self, enquiry: Enquiry) -> Receiving<'_> {
        if enquiry.path == webhook::PATH {
            return Box::pin(async move {
                webhook::take(&self.billing, &self.forgeries, &enquiry).await
            });
        }
        let Enquiry {
            method,
            path,
            query,
            headers,
            body,
            address,
            now,
            ..
        } = enquiry;
        let request = Request {
            method,
            path,
            query,
            headers,
            body,
            address,
            now,
        };
        Box::pin(async move { self.pages.load_full().answer(&request).await })
    }

    fn longest(&self, path: &str) -> Option<usize> {
        (path == webhook::PATH).then_some(MAX_WEBHOOK)
    }
}

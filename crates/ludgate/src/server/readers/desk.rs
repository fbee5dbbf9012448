//! From the gate to the readers' own pages and the programs' interface, and back.

use std::sync::Arc;

use api::Api;
use arc_swap::ArcSwap;
use billing::Billing;
use bytes::Bytes;
use gateway::{Enquiry, Receiving, Reception};
use http::{Response, StatusCode};
use providers::stripe::MAX_WEBHOOK;
use web::{Pages, Request};

use super::webhook;

/// Hands over what is asked below the prefix.
pub(in crate::server) struct Desk {
    programs: Arc<ArcSwap<Api>>,
    /// `None` where readers have no accounts.
    readers: Option<Served>,
}

/// Where readers have accounts.
pub(in crate::server) struct Served {
    pub(super) pages: Arc<ArcSwap<Pages>>,
    pub(super) billing: Billing,
    pub(super) forgeries: webhook::Forgeries,
}

impl Desk {
    pub(in crate::server) fn new(programs: Arc<ArcSwap<Api>>, readers: Option<Served>) -> Self {
        Self { programs, readers }
    }
}

impl Reception for Desk {
    fn receive(&self, enquiry: Enquiry) -> Receiving<'_> {
        let readers = match &self.readers {
            Some(readers) if !Api::is_at(&enquiry.path) => readers,
            _ => {
                return Box::pin(async move { self.programs.load_full().answer(&enquiry).await });
            }
        };
        if enquiry.path == webhook::PATH {
            return Box::pin(async move {
                webhook::take(&readers.billing, &readers.forgeries, &enquiry).await
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
        Box::pin(async move { readers.pages.load_full().answer(&request).await })
    }

    fn serves(&self, path: &str) -> bool {
        self.readers.is_some() || Api::is_at(path)
    }

    fn is_for_programs(&self, path: &str) -> bool {
        Api::is_at(path)
    }

    fn refusal(&self, status: StatusCode) -> Option<Response<Bytes>> {
        Some(Api::refused(status))
    }

    fn may_be_kept(&self, path: &str) -> bool {
        web::is_app_file(path)
    }

    /// A reader's feed holds what the newsroom has written, and nothing that whoever asks
    /// has sent: not its own address, and no token.
    fn may_be_compressed(&self, path: &str) -> bool {
        web::is_feed_address(path)
    }

    fn is_at(&self, path: &str) -> bool {
        path == api::METADATA && self.programs.load().lets_programs_in()
    }

    fn longest(&self, path: &str) -> Option<usize> {
        (path == webhook::PATH && self.readers.is_some()).then_some(MAX_WEBHOOK)
    }
}

//! A sample of every page of this room in every state.

use crate::samples::Render;

/// Shows every sample to `render`.
pub(crate) fn all(_render: &mut impl Render) {}

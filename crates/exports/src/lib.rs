//! Stories out of the exports of other content systems.

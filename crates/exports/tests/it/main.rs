//! Exports are brought into content folders, and what comes of them is read by the
//! publication itself.

mod again;
mod feeds;
mod ghost;
mod hostile;
mod huge;
mod press;
mod wordpress;
mod words;

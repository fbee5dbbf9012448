//! Pictures in the sizes that screens need.

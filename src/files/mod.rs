//! Reading files within limits, writing them whole or not at all.

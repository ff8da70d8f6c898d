//! Long lists of mostly small numbers in little room, read in their order.

/// Whole numbers in as many bytes as they need: seven bits a byte, the lowest first; the last byte of a number has its high bit clear.
///
/// They stand in blocks, so that a list that grows moves nothing, and one that is read for the last time is given back as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackedNumbers {
    blocks: Vec<Vec<u8>>,
}

/// Bytes of a block.
const BLOCK: usize = 1 << 14;
/// Bytes of the largest number.
const LONGEST: usize = 10;

impl PackedNumbers {
    /// Adds a number at the end.
    #[inline]
    pub fn push(&mut self, mut number: u64) {
        let block = self.block();
        while number >= 0x80 {
            block.push(number as u8 | 0x80);
            number >>= 7;
        }
        block.push(number as u8);
    }

    /// Adds a number with its fraction, which comes out by [`next_float`] with the same bits. Whole numbers and whole millionths, such as
    /// times in seconds are, take little room.
    pub fn push_float(&mut self, x: f64) {
        let (whole, millionths) = (x as u64, (x * MILLION + 0.5) as u64);
        let is_exact = |of: u64, value: f64| of < 1 << 53 && value.to_bits() == x.to_bits();
        if is_exact(whole, whole as f64) {
            self.push(whole << 2 | WHOLE);
        } else if is_exact(millionths, millionths as f64 / MILLION) {
            self.push(millionths << 2 | MILLIONTHS);
        } else {
            self.push(BITS);
            self.push(x.to_bits());
        }
    }

    /// The numbers in their order.
    pub fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        Unpacked { blocks: self.blocks.iter(), block: None, next: 0 }
    }

    /// Gives the numbers in their order, and their room back on the way.
    pub fn into_numbers(self) -> impl Iterator<Item = u64> {
        Unpacked { blocks: self.blocks.into_iter(), block: None, next: 0 }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The block in which there is room for any number.
    #[inline]
    fn block(&mut self) -> &mut Vec<u8> {
        let full = self.blocks.last().is_none_or(|block| block.len() + LONGEST > BLOCK);
        if full {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }
}

/// What a float was written as, in the lowest two bits of a number.
const WHOLE: u64 = 0;
const MILLIONTHS: u64 = 1;
const BITS: u64 = 2;
const MILLION: f64 = 1e6;

/// The next of the numbers that [`PackedNumbers::push_float`] wrote; `None` at their end.
pub fn next_float(numbers: &mut impl Iterator<Item = u64>) -> Option<f64> {
    let number = numbers.next()?;
    match number & 3 {
        WHOLE => Some((number >> 2) as f64),
        MILLIONTHS => Some((number >> 2) as f64 / MILLION),
        _ => numbers.next().map(f64::from_bits),
    }
}

/// Numbers out of their bytes. Each lies in one block.
struct Unpacked<Blocks: Iterator> {
    blocks: Blocks,
    /// The block that is read.
    block: Option<Blocks::Item>,
    /// The byte in it where the next number begins.
    next: usize,
}

impl<Block: AsRef<[u8]>, Blocks: Iterator<Item = Block>> Iterator for Unpacked<Blocks> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        loop {
            let rest = self.block.as_ref().and_then(|block| block.as_ref().get(self.next..));
            if let Some((number, bytes)) = rest.and_then(first_of) {
                self.next += bytes;
                return Some(number);
            }
            (self.block, self.next) = (Some(self.blocks.next()?), 0);
        }
    }
}

/// The first number of some bytes, and how many of them it takes.
#[inline]
fn first_of(bytes: &[u8]) -> Option<(u64, usize)> {
    let (mut number, mut shift) = (0, 0);
    for (place, &byte) in bytes.iter().enumerate() {
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((number, place + 1));
        }
        shift += 7;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(numbers: &[u64]) -> PackedNumbers {
        let mut packed = PackedNumbers::default();
        numbers.iter().for_each(|&number| packed.push(number));
        packed
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        let numbers = [0, 127, 128, 300, 16_383, 16_384, 1 << 62, u64::MAX, 5];
        assert_eq!(packed(&numbers).numbers().collect::<Vec<_>>(), numbers);
        assert_eq!(packed(&numbers).into_numbers().collect::<Vec<_>>(), numbers);
        assert_eq!(packed(&[0; 8]).blocks, [[0; 8]], "a byte a small number");
        assert!(PackedNumbers::default().is_empty() && !packed(&[0]).is_empty());
    }

    #[test]
    fn no_block_grows_beyond_its_room() {
        let many: Vec<u64> = (0..20_000).map(|n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        let packed = packed(&many);
        assert!(packed.blocks.len() > 10);
        assert!(packed.blocks.iter().all(|block| block.capacity() == BLOCK));
        assert!(packed.numbers().eq(many));
    }

    #[test]
    fn counts_and_seconds_take_the_bytes_of_their_digits() {
        let mut packed = PackedNumbers::default();
        for x in [0.0, 31.0, 12.5, 0.1 + 0.2] {
            packed.push_float(x);
        }
        // 0 and 31 in one byte each; 12,500,000 times four in 26 bits, so 4 bytes; what is no millionth with its 64 bits, 1 + 9.
        assert_eq!(packed.blocks[0].len(), 1 + 1 + 4 + 10);
    }

    proptest! {
        #[test]
        fn floats_come_out_with_their_bits(bits in prop::collection::vec(any::<u64>(), 0..20), us in 0_u64..1 << 54) {
            let odd = [0.0, -0.0, -1.5, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 9_007_199_254_740_993.0, 1e300];
            let floats: Vec<f64> = bits.into_iter().map(f64::from_bits).chain(odd).chain([us as f64 / 1e6, us as f64]).collect();
            let mut packed = PackedNumbers::default();
            floats.iter().for_each(|&x| packed.push_float(x));
            let mut numbers = packed.numbers();
            for x in floats {
                prop_assert_eq!(next_float(&mut numbers).map(f64::to_bits), Some(x.to_bits()));
            }
            prop_assert_eq!(next_float(&mut numbers), None);
        }
    }
}

//! How objects and places in memory are named.

/// A reference to an object: the index of its slot. It is plain data: copying one counts nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Ref(u32);

impl Ref {
    /// A reference to nothing.
    pub const NULL: Self = Self(0);

    /// The object in that slot.
    #[inline]
    pub const fn from_index(index: u32) -> Self {
        Self(index)
    }

    /// The object that a word of memory refers to.
    #[inline]
    pub const fn from_word(word: u64) -> Self {
        Self(word as u32)
    }

    /// The word of memory that refers to the object.
    #[inline]
    pub const fn word(self) -> u64 {
        self.0 as u64
    }

    /// Whether it refers to nothing.
    #[inline]
    pub const fn is_null(self) -> bool {
        self.0 == 0
    }

    /// The index of its slot.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A reference on an interpreter's stack, as CPython's `_PyStackRef`: tagged with whether it is
/// counted. One that is not (an immortal object, or one whose counting is deferred) costs nothing
/// to push and to pop. It is plain data: whoever copies or forgets a counted one tells the runtime.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct StackRef(u32);

impl StackRef {
    /// Nothing: a local that is not assigned, the place of a method's object.
    pub const NULL: Self = Self(0);
    /// The most slots that a memory can have: the uppermost bit is the tag.
    pub const SLOTS_MAX: u32 = 1 << 31;
    const UNCOUNTED: u32 = 1 << 31;

    /// A counted reference.
    #[inline]
    pub const fn counted(object: Ref) -> Self {
        Self(object.0)
    }

    /// A reference that is not counted.
    #[inline]
    pub const fn uncounted(object: Ref) -> Self {
        Self(object.0 | Self::UNCOUNTED)
    }

    /// Whether the runtime counts it. `NULL` is not counted.
    #[inline]
    pub const fn is_counted(self) -> bool {
        self.0.wrapping_sub(1) < Self::UNCOUNTED - 1
    }

    /// Whether it is nothing.
    #[inline]
    pub const fn is_null(self) -> bool {
        self.0 == 0
    }

    /// What it refers to.
    #[inline]
    pub const fn object(self) -> Ref {
        Ref(self.0 & !Self::UNCOUNTED)
    }
}

/// A buffer and how much of it is in use: the payload of strings, tuples, lists, dicts and
/// namespaces. It knows its capacity, a power of two, so that whoever holds one can give it back.
///
/// 32 bits: the first word; 5 bits: the capacity's power of two; 27 bits: the length in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span(pub u64);

impl Span {
    /// No buffer, of length 0.
    pub const EMPTY: Self = Self(0);
    /// The greatest length.
    pub const LENGTH_MAX: u32 = (1 << 27) - 1;

    /// `length` words or bytes of the buffer of `1 << class` words at `buffer`.
    #[inline]
    pub const fn new(buffer: u32, class: u32, length: u32) -> Self {
        Self((buffer as u64) << 32 | (class as u64) << 27 | length as u64)
    }

    /// The index of its first word.
    #[inline]
    pub const fn buffer(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// How many words of it are in use; of a string how many bytes.
    #[inline]
    pub const fn length(self) -> u32 {
        self.0 as u32 & Self::LENGTH_MAX
    }

    /// The power of two of its capacity.
    #[inline]
    pub const fn class(self) -> u32 {
        self.0 as u32 >> 27
    }

    /// How many words it can hold.
    #[inline]
    pub const fn capacity(self) -> u32 {
        if self.buffer() == 0 {
            0
        } else {
            1 << self.class()
        }
    }

    /// The same buffer, with another length in use.
    #[must_use]
    #[inline]
    pub const fn with_length(self, length: u32) -> Self {
        Self(self.0 & !(Self::LENGTH_MAX as u64) | length as u64)
    }

    /// Where a word of it lies.
    #[inline]
    pub const fn index(self, offset: u32) -> u32 {
        self.buffer() + offset
    }
}

/// A mutable word of shared memory, and whose it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Site {
    /// An object's payload: a list's span, a lock's state.
    Payload(Ref),
    /// A word in an object's buffer: a list's item, a global.
    Item {
        /// The object.
        owner: Ref,
        /// The index of the word in the buffers.
        index: u32,
    },
}

impl Site {
    /// The object that it belongs to.
    #[inline]
    pub const fn owner(self) -> Ref {
        match self {
            Self::Payload(owner) | Self::Item { owner, .. } => owner,
        }
    }
}

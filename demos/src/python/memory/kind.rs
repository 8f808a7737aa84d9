//! What an object is, and the word of its slot that says so.

/// An object's type, and what its payload holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Kind {
    /// No object: the slot is free.
    Free,
    /// `None`
    None,
    /// 0 or 1
    Bool,
    /// The bits of an `i64`.
    Int,
    /// The bits of an `f64`.
    Float,
    /// A span of its bytes, eight to a word; the length is in bytes.
    Str,
    /// A span of references.
    Tuple,
    /// A span of references.
    List,
    /// A span of a table and entries: see `object/dict.rs`.
    Dict,
    /// A span of three integers: start, stop, step.
    Range,
    /// Over a list, a tuple or a string: the container in the upper half, the index of the
    /// next item in the lower.
    Iterator,
    /// A span of three integers: next, step, how many are left.
    RangeIterator,
    /// A span: see `object/dict_iterator.rs`.
    DictIterator,
    /// The index of its code in the upper half, a tuple of defaults or null in the lower.
    Function,
    /// The number of a function that the interpreter itself performs.
    Builtin,
    /// The builtin in the upper half, the object that it is bound to in the lower.
    Method,
    /// The number of a module.
    Module,
    /// A span of references, one for each of a module's globals.
    Namespace,
    /// A state: see `object/lock.rs`.
    Lock,
    /// A span of target, arguments, name and state: see `object/thread.rs`.
    Thread,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Free,
        Self::None,
        Self::Bool,
        Self::Int,
        Self::Float,
        Self::Str,
        Self::Tuple,
        Self::List,
        Self::Dict,
        Self::Range,
        Self::Iterator,
        Self::RangeIterator,
        Self::DictIterator,
        Self::Function,
        Self::Builtin,
        Self::Method,
        Self::Module,
        Self::Namespace,
        Self::Lock,
        Self::Thread,
    ];

    /// How many kinds there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Whether it can be iterated over.
    pub const fn is_iterable(self) -> bool {
        matches!(
            self,
            Self::Str
                | Self::Tuple
                | Self::List
                | Self::Dict
                | Self::Range
                | Self::Iterator
                | Self::RangeIterator
                | Self::DictIterator
        )
    }

    /// Python's name for the type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "free slot",
            Self::None => "NoneType",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::Tuple => "tuple",
            Self::List => "list",
            Self::Dict | Self::Namespace => "dict",
            Self::Range => "range",
            Self::Iterator => "iterator",
            Self::RangeIterator => "range_iterator",
            Self::DictIterator => "dict_iterator",
            Self::Function => "function",
            Self::Builtin | Self::Method => "builtin_function_or_method",
            Self::Module => "module",
            Self::Lock => "_thread.lock",
            Self::Thread => "Thread",
        }
    }
}

/// The third word of a slot: generation (32 bits), flags (16), lock byte (8), kind (8).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meta(pub u64);

impl Meta {
    /// The flag of an object that is never freed and need not be counted.
    pub const IMMORTAL: u64 = 1 << 16;
    /// The flag of an object that the interpreter's stacks need not count.
    pub const DEFERRED: u64 = 1 << 17;
    /// The first of the flags that a runtime may use as it likes, up to bit 31.
    pub const RUNTIME_FLAG: u64 = 1 << 20;
    /// The bit of the lock byte that says that it is locked; the others are the runtime's.
    pub const LOCKED: u64 = 1 << 8;
    /// One more generation.
    const GENERATION: u64 = 1 << 32;

    /// Whether the object is of that kind.
    #[inline]
    pub const fn is(self, kind: Kind) -> bool {
        self.0 as u8 == kind as u8
    }

    /// The object's kind.
    #[inline]
    pub fn kind(self) -> Kind {
        Kind::ALL
            .get(usize::from(self.0 as u8))
            .copied()
            .unwrap_or(Kind::Free)
    }

    /// How often the slot has been freed.
    pub const fn generation(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Whether a flag is set.
    #[inline]
    pub const fn has(self, flag: u64) -> bool {
        self.0 & flag != 0
    }

    /// A new object in this slot.
    #[must_use]
    #[inline]
    pub const fn occupied(self, kind: Kind) -> Self {
        Self(self.0 >> 32 << 32 | kind as u64)
    }

    /// The slot, freed.
    #[must_use]
    #[inline]
    pub const fn freed(self) -> Self {
        Self((self.0 >> 32 << 32).wrapping_add(Self::GENERATION))
    }
}

//! Words that have versions; and a memory whose objects have one each, and so have the module's globals.

use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;

use crate::python::count::atomics::{Atomics, Native};
use crate::python::memory::{Memory, Ref, SHARED, Site, Size, Span};

/// The bit of a version word that says that it is locked; the thread's number is above it.
pub(super) const LOCKED: u64 = 1;
/// How often a version word's lock was given up without a new version: 16 bits above [`LOCKED`], so that
/// whoever read meanwhile sees that it is another word.
pub(super) const UNDONE: u64 = 1 << 1;
pub(super) const UNDONE_BITS: u64 = 0xffff << 1;
/// Where the version begins.
pub(super) const VERSION_SHIFT: u32 = 17;

/// What has a version of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Place {
    /// An object.
    Object(Ref),
    /// The module's global of that number.
    Global(u32),
}

/// Words that have versions.
pub(in super::super) trait Versioned<A: Atomics> {
    /// The word at a site.
    fn word(&self, site: Site) -> &A::Word;

    /// What it belongs to.
    fn place(&self, site: Site) -> Place;

    /// The version of that.
    fn version(&self, place: Place) -> &A::Word;
}

/// A memory whose objects have versions.
pub(in super::super) struct VersionedMemory {
    pub(in super::super) memory: Memory<AtomicU64>,
    globals: OnceLock<Globals>,
}

/// The module's globals, each with a version of its own.
struct Globals {
    namespace: Ref,
    span: Span,
    versions: Box<[AtomicU64]>,
}

impl VersionedMemory {
    pub(in super::super) fn new(size: Size) -> Self {
        Self {
            memory: Memory::new(size),
            globals: OnceLock::new(),
        }
    }

    /// Gives each global of the module a version of its own.
    pub(in super::super) fn set_namespace(&self, namespace: Ref) {
        let span = self.memory.span(namespace);
        let versions = (0..span.length()).map(|_| AtomicU64::new(0)).collect();
        // There is one module.
        self.globals.get_or_init(|| Globals {
            namespace,
            span,
            versions,
        });
    }

    /// Where the module's global of that number lies, if it is the module's namespace.
    #[inline]
    pub(in super::super) fn global(&self, namespace: Ref, number: u32) -> Option<Site> {
        let globals = self.globals.get()?;
        (globals.namespace == namespace).then(|| Site::Item {
            owner: namespace,
            index: globals.span.index(number),
        })
    }
}

impl Versioned<Native> for VersionedMemory {
    #[inline]
    fn word(&self, site: Site) -> &AtomicU64 {
        self.memory.at(site)
    }

    #[inline]
    fn place(&self, site: Site) -> Place {
        if let (Site::Item { owner, index }, Some(globals)) = (site, self.globals.get())
            && owner == globals.namespace
        {
            return Place::Global(index - globals.span.buffer());
        }
        Place::Object(site.owner())
    }

    #[inline]
    fn version(&self, place: Place) -> &AtomicU64 {
        match (place, self.globals.get()) {
            (Place::Global(number), Some(globals)) => &globals.versions[number as usize],
            (Place::Object(object), _) => &self.memory.slot(object)[SHARED],
            (Place::Global(_), None) => unreachable!("places of globals come from globals"),
        }
    }
}

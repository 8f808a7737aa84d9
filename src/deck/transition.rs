//! How one slide follows another on the screen.

/// What is seen between two slides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transition {
    /// Nothing: the next one is there at once.
    #[default]
    Off,
    /// The next one comes in from the side and takes the place of this one.
    Slide,
    /// One becomes the other, cell by cell.
    Dissolve,
}

impl Transition {
    /// Every one by the name that decks and the configuration have for it.
    pub const NAMES: [(&str, Self); 3] = [
        ("off", Self::Off),
        ("slide", Self::Slide),
        ("dissolve", Self::Dissolve),
    ];
}

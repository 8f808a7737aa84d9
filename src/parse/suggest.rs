//! What to say of an unknown name: what was meant, or what there is.

pub(crate) use parade_demos::catalogue::suggest::nearest;

/// `did you mean `x`?`, where something is near; else the whole list.
pub(crate) fn help<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    if let Some(candidate) = nearest(name, candidates.clone()) {
        return format!("did you mean `{candidate}`?");
    }
    let all: Vec<_> = candidates.into_iter().collect();
    format!("known here: {}", all.join(", "))
}

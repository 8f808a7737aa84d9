//! Addresses that a link may lead to.

use parade_demos::visible::visible;

/// Longest address, in bytes.
const LENGTH_MAX: usize = 2048;
/// What a terminal may be asked to open.
const SCHEMES: &[&str] = &["http", "https", "mailto", "ftp", "ftps", "gemini"];

/// The address, when it is of a kind that is safe to hand to a terminal.
///
/// # Errors
/// Why it is refused.
pub(super) fn checked(address: &str) -> Result<String, String> {
    if address.len() > LENGTH_MAX {
        return Err(format!("link address longer than {LENGTH_MAX} bytes"));
    }
    if visible(address) != address {
        return Err(format!(
            "link address with hidden or control characters: {}",
            visible(address)
        ));
    }
    match scheme(address) {
        Some(scheme) if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) => Err(format!(
            "link address of a kind that is not opened: `{scheme}:`"
        )),
        _ => Ok(address.to_owned()),
    }
}

/// What stands before the first colon, where that is a scheme and no path.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.trim_start().split_once(':')?;
    let is_name = scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (is_name && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn refuses_what_a_terminal_should_not_be_handed() {
        for (address, is_kept) in [
            ("https://example.com/a?b=c#d", true),
            ("mailto:a@example.com", true),
            ("notes/more.md", true),
            ("#slide", true),
            ("a/b:c", true),
            ("javascript:alert(1)", false),
            (" JavaScript:alert(1)", false),
            ("data:text/html,x", false),
            ("file:///etc/passwd", false),
            ("https://a\u{1b}]8;;", false),
            ("https://a\u{9c}", false),
            ("https://exam\u{202e}ple.com", false),
        ] {
            assert_eq!(checked(address).is_ok(), is_kept, "{address:?}");
        }
    }
}

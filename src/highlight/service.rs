//! Highlighting for another process.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use super::{Highlighter, TokenLines};
use crate::service;

/// A line of requests longer than this ends the service: no code block is so long.
const REQUEST_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// Code to be highlighted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What the answer carries too.
    pub key: u64,
    /// As the fence names it.
    pub language: String,
    /// Without line ends.
    pub lines: Vec<String>,
}

/// Highlighted code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The request's key.
    pub key: u64,
    /// Its tokens, one list a line.
    pub tokens: TokenLines,
}

/// Answers requests until the input ends. The grammars are loaded once the first has come.
///
/// # Errors
/// When input or output fails, or a request isn't one.
pub fn serve(input: impl BufRead, output: impl Write) -> io::Result<()> {
    let mut highlighter = None;
    service::serve(input, output, REQUEST_BYTES_MAX, |request: Request| {
        let highlighter = highlighter.get_or_insert_with(Highlighter::load);
        Answer {
            key: request.key,
            tokens: highlighter.highlight(&request.language, &request.lines, &|| false),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::TokenSpan;
    use crate::theme::Token;

    #[test]
    fn answer_each_request_in_turn() {
        let request = |key, language: &str| {
            let request = Request {
                key,
                language: language.into(),
                lines: vec!["return 1".into()],
            };
            serde_json::to_string(&request).unwrap() + "\n"
        };
        let input = request(1, "python") + &request(2, "nonsense");
        let mut output = Vec::new();
        serve(input.as_bytes(), &mut output).unwrap();
        let answers: Vec<Answer> = String::from_utf8(output)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let span = |start, end, token| TokenSpan { start, end, token };
        let expected = [
            Answer {
                key: 1,
                tokens: vec![vec![span(0, 6, Token::Keyword), span(7, 8, Token::Number)]],
            },
            Answer {
                key: 2,
                tokens: vec![],
            },
        ];
        assert_eq!(answers, expected);
    }

    #[test]
    fn fail_over_what_is_no_request() {
        let error = serve(&b"{\"key\": 1}\n"[..], Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}

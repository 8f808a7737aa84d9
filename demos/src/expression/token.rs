//! Text → tokens: numbers, names, operators.

use super::{Arithmetic, Comparison, SyntaxError, error};

/// All of a text's tokens, [`Kind::End`] last.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SyntaxError> {
    Tokens { text, at: 0 }.all()
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    Word(String),
    Quoted(String),
    Dot,
    Open,
    Close,
    Arithmetic(Arithmetic),
    Compare(Comparison),
    End,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: usize,
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Tokens<'_> {
    fn all(mut self) -> Result<Vec<Token>, SyntaxError> {
        let mut tokens = Vec::new();
        loop {
            self.skip(char::is_whitespace);
            let at = self.at;
            let kind = self.token()?;
            let over = kind == Kind::End;
            tokens.push(Token { kind, at });
            if over {
                return Ok(tokens);
            }
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self, belongs: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    }

    fn token(&mut self) -> Result<Kind, SyntaxError> {
        const SIGNS: [(&str, Kind); 13] = [
            (">=", Kind::Compare(Comparison::AtLeast)),
            ("<=", Kind::Compare(Comparison::AtMost)),
            ("==", Kind::Compare(Comparison::Equal)),
            ("!=", Kind::Compare(Comparison::Unequal)),
            (">", Kind::Compare(Comparison::Above)),
            ("<", Kind::Compare(Comparison::Below)),
            ("+", Kind::Arithmetic(Arithmetic::Add)),
            ("-", Kind::Arithmetic(Arithmetic::Subtract)),
            ("*", Kind::Arithmetic(Arithmetic::Multiply)),
            ("/", Kind::Arithmetic(Arithmetic::Divide)),
            ("(", Kind::Open),
            (")", Kind::Close),
            (".", Kind::Dot),
        ];
        let Some(first) = self.rest().chars().next() else {
            return Ok(Kind::End);
        };
        if first.is_ascii_digit() {
            return self.number();
        }
        if first.is_alphabetic() || first == '_' {
            return Ok(self.word());
        }
        if first == '"' {
            return self.quoted();
        }
        for (sign, kind) in SIGNS {
            if self.rest().starts_with(sign) {
                self.at += sign.len();
                return Ok(kind);
            }
        }
        let hint = if first == '=' {
            "; equality is written `==`"
        } else {
            ""
        };
        error(
            self.at,
            format!("expected a number, a name or an operator, not `{first}`{hint}"),
        )
    }

    fn number(&mut self) -> Result<Kind, SyntaxError> {
        let start = self.at;
        self.skip(|c| c.is_ascii_digit() || c == '_');
        if self.rest().starts_with('.') {
            self.at += 1;
            self.skip(|c| c.is_ascii_digit());
        }
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            if self.rest().starts_with(['+', '-']) {
                self.at += 1;
            }
            self.skip(|c| c.is_ascii_digit());
        }
        let number: f64 = match self.text[start..self.at].replace('_', "").parse() {
            Ok(number) => number,
            Err(_) => {
                return error(start, "expected a number such as `2`, `0.9` or `5 %`");
            }
        };
        if self.rest().trim_start().starts_with('%') {
            self.skip(char::is_whitespace);
            self.at += 1;
            return Ok(Kind::Number(number / 100.0));
        }
        Ok(Kind::Number(number))
    }

    /// A name; a `-` belongs to it when a letter follows: `free-threaded`.
    fn word(&mut self) -> Kind {
        let start = self.at;
        loop {
            self.skip(|c| c.is_alphanumeric() || c == '_');
            let mut ahead = self.rest().chars();
            if ahead.next() == Some('-') && ahead.next().is_some_and(char::is_alphabetic) {
                self.at += 1;
            } else {
                return Kind::Word(self.text[start..self.at].to_owned());
            }
        }
    }

    fn quoted(&mut self) -> Result<Kind, SyntaxError> {
        let start = self.at + 1;
        match self.text[start..].find('"') {
            Some(length) => {
                self.at = start + length + 1;
                Ok(Kind::Quoted(self.text[start..start + length].to_owned()))
            }
            None => error(self.at, "expected a closing `\"`"),
        }
    }
}

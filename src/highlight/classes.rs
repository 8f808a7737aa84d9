//! Scopes of a grammar → the few classes that a theme colours.

use syntect::parsing::{Scope, ScopeStack};

use crate::theme::Token;

/// Beginnings of scopes in the order in which they are tried; `None` is plain. See Sublime Text's
/// scope naming for what grammars use.
const CLASSES: &[(&str, Option<Token>)] = &[
    ("comment", Some(Token::Comment)),
    ("punctuation.definition.comment", Some(Token::Comment)),
    ("punctuation.definition.string", Some(Token::String)),
    ("punctuation.definition.annotation", Some(Token::Attribute)),
    ("punctuation.separator.decimal", Some(Token::Number)),
    ("punctuation", Some(Token::Punctuation)),
    ("string", Some(Token::String)),
    ("constant.character", Some(Token::String)),
    ("storage.type.string", Some(Token::String)),
    ("constant", Some(Token::Number)),
    ("support.constant", Some(Token::Number)),
    ("keyword.operator.word", Some(Token::Keyword)),
    ("keyword.operator.logical.python", Some(Token::Keyword)),
    ("keyword.operator", Some(Token::Operator)),
    ("keyword", Some(Token::Keyword)),
    ("storage", Some(Token::Keyword)),
    ("variable.language", Some(Token::Keyword)),
    ("variable.annotation", Some(Token::Attribute)),
    ("meta.annotation", Some(Token::Attribute)),
    ("entity.other.attribute-name", Some(Token::Attribute)),
    ("entity.other.inherited-class", Some(Token::Type)),
    ("entity.name.function", Some(Token::Function)),
    ("entity.name.macro", Some(Token::Function)),
    ("support.function", Some(Token::Function)),
    ("support.macro", Some(Token::Function)),
    ("variable.function", Some(Token::Function)),
    ("entity.name.tag", Some(Token::Keyword)),
    ("entity.name.section", Some(Token::Keyword)),
    ("entity.name", Some(Token::Type)),
    ("support.type", Some(Token::Type)),
    ("support.class", Some(Token::Type)),
    ("variable.parameter", Some(Token::Variable)),
    ("variable.other.member", Some(Token::Variable)),
    ("variable", None),
    ("meta.interpolation", None),
    ("source", None),
];

/// The classes with their scopes resolved.
pub(super) struct Classes(Vec<(Scope, Option<Token>)>);

impl Classes {
    pub(super) fn new() -> Self {
        let resolved = CLASSES.iter().map(|(name, token)| {
            let scope = Scope::new(name).expect("a scope has at most eight parts");
            (scope, *token)
        });
        Self(resolved.collect())
    }

    /// What text within these scopes is: the innermost scope that has a class decides.
    pub(super) fn token(&self, stack: &ScopeStack) -> Option<Token> {
        let class = |scope: &Scope| {
            let mut classes = self.0.iter();
            classes.find(|(class, _)| class.is_prefix_of(*scope))
        };
        let mut scopes = stack.scopes.iter().rev();
        scopes.find_map(class).and_then(|(_, token)| *token)
    }
}

//! Tokens → tree, by precedence climbing: `or` < `and` < `not` < comparison < `+ -` < `* /` < sign.
//!
//! Numbers and conditions are told apart here, so that evaluation meets no mixture.

use super::token::{Kind, Token, tokens};
use super::{
    Arithmetic, Comparison, DEPTH_MAX, Figure, LENGTH_MAX, Mention, Node, SyntaxError, error,
};

/// How tightly the operators bind.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const SIGN: u8 = 7;

pub(super) fn condition(text: &str) -> Result<Node, SyntaxError> {
    let root = whole(text)?;
    if root.is_condition() {
        return Ok(root);
    }
    error(0, "expected a condition, such as `threads.speedup >= 2`")
}

pub(super) fn quantity(text: &str) -> Result<Node, SyntaxError> {
    let root = whole(text)?;
    if root.is_condition() {
        return error(0, "expected a number, such as `threads.speedup`");
    }
    Ok(root)
}

/// All of a text, be it a number or a condition.
fn whole(text: &str) -> Result<Node, SyntaxError> {
    if text.len() > LENGTH_MAX {
        return error(
            text.floor_char_boundary(LENGTH_MAX),
            format!("expected at most {LENGTH_MAX} bytes"),
        );
    }
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    let root = parser.expression(0)?;
    let rest = parser.peek();
    if rest.kind != Kind::End {
        return error(rest.at, "expected an operator or the end");
    }
    Ok(root)
}

/// What stands between two operands.
#[derive(Clone, Copy)]
enum Infix {
    Or,
    And,
    Compare(Comparison),
    Arithmetic(Arithmetic),
}

impl Infix {
    fn strength(self) -> u8 {
        match self {
            Self::Or => OR,
            Self::And => AND,
            Self::Compare(_) => COMPARE,
            Self::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => SUM,
            Self::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide) => PRODUCT,
        }
    }

    fn join(self, left: Node, right: Node) -> Node {
        let (left, right) = (Box::new(left), Box::new(right));
        match self {
            Self::Or => Node::Or(left, right),
            Self::And => Node::And(left, right),
            Self::Compare(comparison) => Node::Compare(comparison, left, right),
            Self::Arithmetic(operator) => Node::Arithmetic(operator, left, right),
        }
    }
}

struct Parser {
    /// Ends with [`Kind::End`], which is never taken.
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next]
    }

    fn take(&mut self) -> Token {
        let token = self.tokens[self.next].clone();
        if token.kind != Kind::End {
            self.next += 1;
        }
        token
    }

    fn infix(&self) -> Option<Infix> {
        match &self.peek().kind {
            Kind::Word(word) if word == "or" => Some(Infix::Or),
            Kind::Word(word) if word == "and" => Some(Infix::And),
            Kind::Compare(comparison) => Some(Infix::Compare(*comparison)),
            Kind::Arithmetic(operator) => Some(Infix::Arithmetic(*operator)),
            _ => None,
        }
    }

    /// Parses as far as operators bind tighter than `floor`.
    fn expression(&mut self, floor: u8) -> Result<Node, SyntaxError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return error(
                self.peek().at,
                format!("expected at most {DEPTH_MAX} levels"),
            );
        }
        let start = self.peek().at;
        let mut left = self.operand()?;
        let mut grown = 0;
        while let Some(infix) = self.infix().filter(|infix| infix.strength() > floor) {
            let operator_at = self.take().at;
            if matches!((infix, &left), (Infix::Compare(_), Node::Compare(..))) {
                return error(operator_at, "expected one comparison; join two with `and`");
            }
            let right_at = self.peek().at;
            let right = self.expression(infix.strength())?;
            expect_kind(infix, &left, start)?;
            expect_kind(infix, &right, right_at)?;
            left = infix.join(left, right);
            // A chain such as a + b + c … grows the tree to the left, one level each.
            grown += 1;
            self.depth += 1;
            if self.depth > DEPTH_MAX {
                return error(operator_at, format!("expected at most {DEPTH_MAX} levels"));
            }
        }
        self.depth -= 1 + grown;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, SyntaxError> {
        let token = self.take();
        match token.kind {
            Kind::Number(number) => Ok(Node::Number(number)),
            Kind::Open => {
                let inner = self.expression(0)?;
                let close = self.take();
                if close.kind == Kind::Close {
                    Ok(inner)
                } else {
                    error(close.at, "expected `)`")
                }
            }
            Kind::Arithmetic(Arithmetic::Subtract) => {
                let at = self.peek().at;
                let inner = self.expression(SIGN)?;
                expect_number(&inner, at)?;
                Ok(Node::Negate(Box::new(inner)))
            }
            Kind::Word(word) if word == "not" => {
                let at = self.peek().at;
                let inner = self.expression(NOT)?;
                expect_condition(&inner, at)?;
                Ok(Node::Not(Box::new(inner)))
            }
            Kind::Word(word) if word == "and" || word == "or" => error(
                token.at,
                format!("expected a number, a name or `(` before `{word}`"),
            ),
            Kind::Word(name) | Kind::Quoted(name) => self.name(name, token.at),
            _ => error(token.at, "expected a number, a name or `(`"),
        }
    }

    fn name(&mut self, name: String, at: usize) -> Result<Node, SyntaxError> {
        if self.peek().kind == Kind::Dot {
            self.take();
            let figure = self.take();
            return match figure.kind {
                Kind::Word(word) | Kind::Quoted(word) => {
                    let figure = Figure::named(&word);
                    Ok(Node::Figure(Mention {
                        lane: name,
                        figure,
                        at,
                    }))
                }
                _ => error(
                    figure.at,
                    "expected wall, cpu, cores_used, speedup, spread, pss, switches or a counter",
                ),
            };
        }
        match name.as_str() {
            "ideal" => Ok(Node::Ideal),
            "cores" => Ok(Node::Cores),
            "workers" => Ok(Node::Workers),
            _ => error(
                at,
                format!(
                    "expected ideal, cores, workers or a lane's figure such as `{name}.speedup`"
                ),
            ),
        }
    }
}

fn expect_kind(infix: Infix, operand: &Node, at: usize) -> Result<(), SyntaxError> {
    match infix {
        Infix::Or | Infix::And => expect_condition(operand, at),
        Infix::Compare(_) | Infix::Arithmetic(_) => expect_number(operand, at),
    }
}

fn expect_condition(node: &Node, at: usize) -> Result<(), SyntaxError> {
    if node.is_condition() {
        return Ok(());
    }
    error(at, "expected a condition here, not a number")
}

fn expect_number(node: &Node, at: usize) -> Result<(), SyntaxError> {
    if node.is_condition() {
        return error(at, "expected a number here, not a condition");
    }
    Ok(())
}

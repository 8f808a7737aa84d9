use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use std::io::Cursor;

use super::*;

/// Red above, and blue that is half transparent below.
fn flag(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |_, y| {
        if y < height / 2 {
            Rgba([200, 0, 0, 255])
        } else {
            Rgba([0, 0, 100, 128])
        }
    })
}

fn file(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let image = DynamicImage::ImageRgba8(flag(width, height));
    let image = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(image.into_rgb8()),
        _ => image,
    };
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

const FORMATS: [ImageFormat; 4] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::Gif,
    ImageFormat::WebP,
];

fn form(kind: FormKind, frame: (u32, u32), image: (u32, u32)) -> Form {
    Form { kind, frame, image }
}

fn pixels(bytes: &[u8], form: Form) -> Pixels {
    match draw(bytes, &[form]).unwrap().remove(0) {
        Drawn::Pixels(pixels) => pixels,
        Drawn::Png(_) | Drawn::Sixel(_) => panic!("pixels were asked for"),
    }
}

#[test]
fn the_first_bytes_tell_the_size_that_comes_out() {
    for format in FORMATS {
        let bytes = file(format, 30, 20);
        assert_eq!(size(&bytes), Ok((30, 20)), "{format:?}");
        assert_eq!(media_type(&bytes), Some(format.to_mime_type()));
        let whole = form(FormKind::Pixels, (30, 20), (30, 20));
        let drawn = pixels(&bytes, whole);
        assert_eq!((drawn.width, drawn.height), (30, 20), "{format:?}");
        let [red, green, blue, opacity] = drawn.at(15, 4);
        assert!(
            red > 180 && green < 20 && blue < 20 && opacity == 255,
            "{format:?}: {:?}",
            drawn.at(15, 4)
        );
    }
}

/// A JPEG whose camera was held so, in both orders of bytes.
fn held(orientation: u8, big: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = DynamicImage::ImageRgba8(flag(30, 20)).into_rgb8();
    JpegEncoder::new(&mut bytes).encode_image(&image).unwrap();
    let entry: [&[u8]; 2] = if big {
        [
            b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
            b"\0\0\0\0\0\0",
        ]
    } else {
        [
            b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0",
            b"\0\0\0\0\0\0\0",
        ]
    };
    let exif = [b"Exif\0\0", entry[0], &[orientation], entry[1]].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    bytes.splice(2..2, [&[0xff, 0xe1], &length[..], &exif].concat());
    bytes
}

#[test]
fn a_photograph_stands_as_its_camera_was_held() {
    for big in [true, false] {
        for (orientation, expected) in [(1, (30, 20)), (3, (30, 20)), (6, (20, 30)), (8, (20, 30))]
        {
            assert_eq!(size(&held(orientation, big)), Ok(expected), "{orientation}");
        }
    }
    // Turned to the right, the top is at the right.
    let turned = pixels(&held(6, true), form(FormKind::Pixels, (20, 30), (20, 30)));
    assert!(turned.at(17, 15)[0] > 180, "{:?}", turned.at(17, 15));
    assert!(turned.at(2, 15)[0] < 60, "{:?}", turned.at(2, 15));
}

#[test]
fn an_image_is_scaled_into_the_middle_of_its_frame() {
    let bytes = file(ImageFormat::Png, 30, 20);
    let drawn = pixels(&bytes, form(FormKind::Pixels, (4, 4), (2, 2)));
    let row = |y| (0..4).map(|x| drawn.at(x, y)).collect::<Vec<_>>();
    let none = [0; 4];
    assert_eq!([row(0), row(3)], [[none; 4]; 2]);
    for y in [1, 2] {
        assert_eq!([row(y)[0], row(y)[3]], [none; 2]);
        assert_eq!(row(y)[1], row(y)[2]);
    }
    let (upper, lower) = (row(1)[1], row(2)[1]);
    assert!(upper[0] > 150 && upper[3] > 220, "{upper:?}");
    assert!(lower[2] > 70 && lower[3] < 160, "{lower:?}");
    assert_eq!(drawn.at(4, 1), none, "beyond its edge");
}

#[test]
fn a_transparent_pixel_gives_its_neighbours_no_colour() {
    let image = RgbaImage::from_fn(2, 1, |x, _| {
        if x == 0 {
            Rgba([10, 20, 30, 255])
        } else {
            Rgba([255, 255, 255, 0])
        }
    });
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let drawn = pixels(&bytes.into_inner(), form(FormKind::Pixels, (1, 1), (1, 1)));
    let [red, green, blue, opacity] = drawn.at(0, 0);
    assert!(
        red <= 11 && green <= 21 && blue <= 31,
        "{:?}",
        drawn.at(0, 0)
    );
    assert!((126..=129).contains(&opacity));
}

#[test]
fn a_png_is_the_same_image() {
    let bytes = file(ImageFormat::Png, 30, 20);
    let forms = [FormKind::Png, FormKind::Pixels].map(|kind| form(kind, (30, 20), (30, 20)));
    let drawn = draw(&bytes, &forms).unwrap();
    let [Drawn::Png(png), Drawn::Pixels(expected)] = &drawn[..] else {
        panic!("a PNG and pixels were asked for");
    };
    let read = image::load_from_memory(&crate::base64::decode(png).unwrap()).unwrap();
    assert_eq!(read.into_rgba8().into_raw(), expected.rgba);
}

#[test]
fn a_form_fits_an_image_into_its_cells() {
    for (size, cells, cell, pixels, frame, image) in [
        // Cells that are twice as high as wide, two pixels in each.
        ((400, 200), (40, 10), (10, 20), (1, 2), (40, 20), (40, 20)),
        // Narrower cells leave rows free.
        (
            (400, 200),
            (40, 10),
            (9, 20),
            (9, 20),
            (360, 200),
            (360, 180),
        ),
        ((400, 200), (40, 10), (9, 20), (1, 2), (40, 20), (40, 18)),
        // Wider ones, columns.
        (
            (400, 200),
            (40, 10),
            (12, 20),
            (12, 20),
            (480, 200),
            (400, 200),
        ),
        ((1, 50_000), (1, 20), (10, 20), (1, 2), (1, 40), (1, 40)),
    ] {
        let grid = Grid {
            cells,
            cell,
            pixels,
        };
        let expected = form(FormKind::Png, frame, image);
        assert_eq!(Form::fitted(FormKind::Png, size, grid), expected);
    }
}

/// A PNG that claims to be so large, and whose checksum agrees.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = file(ImageFormat::Png, 30, 20);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
    bytes
}

/// A chunk's checksum (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
    let fold = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
    !bytes.iter().fold(u32::MAX, fold)
}

#[test]
fn what_is_no_image_is_refused_with_a_reason() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "it is no PNG, JPEG, GIF or WebP"),
        (b"# A deck\n", "it is no PNG, JPEG, GIF or WebP"),
        (
            b"GIF89a\x01",
            "it is broken: it does not say how large it is",
        ),
        (
            b"\xff\xd8\xff\xe0\0",
            "it is broken: it does not say how large it is",
        ),
        (
            b"\xff\xd8\xff\xe0\0\0\0\0",
            "it is broken: it does not say how large it is",
        ),
        (
            b"RIFF\0\0\0\0WEBPVP8L",
            "it is broken: it does not say how large it is",
        ),
        (
            &bomb(60_000, 60_000),
            "it has 60000×60000 pixels, more than 50 million",
        ),
        (&bomb(0, 7), "it is broken: it has no pixels"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(
            size(bytes),
            Err(expected.to_owned()),
            "{}",
            bytes.escape_ascii()
        );
        assert_eq!(draw(bytes, &[]), Err(expected.to_owned()));
    }
}

#[test]
fn what_does_not_say_its_size_soon_is_not_called_broken() {
    // A JPEG whose preview comes first.
    let segment = [&[0xff, 0xe2, 0xff, 0xff][..], &vec![0; 0xfffd]].concat();
    let long = [&[0xff, 0xd8][..], &segment.repeat(9)].concat();
    let told = size(&long[..HEAD_BYTES as usize]).unwrap_err();
    assert_eq!(told, "its first 512 KiB do not say how large it is");
}

#[test]
fn what_is_cut_short_or_lies_about_its_size_fails_and_nothing_else() {
    for format in FORMATS {
        let bytes = file(format, 30, 20);
        for length in 0..bytes.len() {
            // Some decoders give what there is; none may panic.
            let _ = draw(&bytes[..length], &[form(FormKind::Pixels, (3, 2), (3, 2))]);
        }
    }
    // It is no larger than it may be, and has not what it claims.
    let lie = draw(&bomb(7000, 7000), &[]).unwrap_err();
    assert!(lie.starts_with("it is broken: "), "{lie}");
    assert!(draw(&file(ImageFormat::Png, 30, 20)[..60], &[]).is_err());
}

#[test]
fn the_service_answers_each_request_in_turn() {
    let request = |key, path: &str| {
        let request = Request {
            key,
            folder: Some("decks".into()),
            path: path.into(),
            forms: vec![form(FormKind::Pixels, (1, 1), (1, 1))],
        };
        serde_json::to_string(&request).unwrap() + "\n"
    };
    let input = request(1, "flag.gif") + &request(2, "none.gif");
    let mut output = Vec::new();
    serve(input.as_bytes(), &mut output, |folder, path| {
        assert_eq!(folder, Some("decks".as_ref()));
        if path == "flag.gif" {
            Ok(file(ImageFormat::Gif, 1, 1))
        } else {
            Err("there is no such file".to_owned())
        }
    })
    .unwrap();
    let answers: Vec<Answer> = String::from_utf8(output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers[0].key, 1);
    assert_eq!(answers[0].drawn.as_ref().map(Vec::len), Ok(1));
    let refused = Answer {
        key: 2,
        drawn: Err("there is no such file".to_owned()),
    };
    assert_eq!(answers[1..], [refused]);
}

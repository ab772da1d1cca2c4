#include "escape.h"

#include <cstring>

#include "CSimdJSON.h"

/// The four hexadecimal digits at `at`; -1 when they are not.
static int32_t code_unit(const uint8_t *at, const uint8_t *end) noexcept {
    if (end - at < 4) { return -1; }
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        uint8_t digit = at[i];
        if (digit >= '0' && digit <= '9') {
            digit = static_cast<uint8_t>(digit - '0');
        } else if ((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f') {
            digit = static_cast<uint8_t>((digit | 0x20) - 'a' + 10);
        } else {
            return -1;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

static uint8_t *put_utf8(int32_t scalar, uint8_t *into) noexcept {
    auto trail = [scalar](int shift) { return static_cast<uint8_t>(0x80 | (scalar >> shift & 0x3F)); };
    if (scalar < 0x80) {
        *into++ = static_cast<uint8_t>(scalar);
    } else if (scalar < 0x800) {
        *into++ = static_cast<uint8_t>(0xC0 | scalar >> 6);
        *into++ = trail(0);
    } else if (scalar < 0x10000) {
        *into++ = static_cast<uint8_t>(0xE0 | scalar >> 12);
        *into++ = trail(6);
        *into++ = trail(0);
    } else {
        *into++ = static_cast<uint8_t>(0xF0 | scalar >> 18);
        *into++ = trail(12);
        *into++ = trail(6);
        *into++ = trail(0);
    }
    return into;
}

/// Reads the digits of `\u` at `at`, and the second half of a surrogate pair. A half alone, such as a system leaves
/// that cuts texts in UTF-16, is no character: it is read as U+FFFD.
static int32_t escaped_scalar(const uint8_t *&at, const uint8_t *end) noexcept {
    const int32_t replacement = 0xFFFD;
    int32_t high = code_unit(at, end);
    if (high < 0) { return -1; }
    at += 4;
    if (high < 0xD800 || high > 0xDFFF) { return high; }
    if (high > 0xDBFF || end - at < 6 || at[0] != '\\' || at[1] != 'u') { return replacement; }
    int32_t low = code_unit(at + 2, end);
    if (low < 0xDC00 || low > 0xDFFF) { return replacement; }
    at += 6;
    return 0x10000 + ((high - 0xD800) << 10 | (low - 0xDC00));
}

uint8_t *sj_unescape(const uint8_t *text, size_t length, uint8_t *into, size_t *malformed) noexcept {
    const uint8_t *at = text, *end = text + length;
    while (at < end) {
        auto *backslash = static_cast<const uint8_t *>(std::memchr(at, '\\', static_cast<size_t>(end - at)));
        size_t plain = static_cast<size_t>((backslash == nullptr ? end : backslash) - at);
        std::memcpy(into, at, plain);
        into += plain;
        if (backslash == nullptr) { break; }

        *malformed = static_cast<size_t>(backslash - text);
        if (end - backslash < 2) { return nullptr; }
        at = backslash + 2;
        switch (backslash[1]) {
        case '"': *into++ = '"'; break;
        case '\\': *into++ = '\\'; break;
        case '/': *into++ = '/'; break;
        case 'b': *into++ = '\b'; break;
        case 'f': *into++ = '\f'; break;
        case 'n': *into++ = '\n'; break;
        case 'r': *into++ = '\r'; break;
        case 't': *into++ = '\t'; break;
        case 'u': {
            int32_t scalar = escaped_scalar(at, end);
            if (scalar < 0) { return nullptr; }
            into = put_utf8(scalar, into);
            break;
        }
        default: return nullptr;
        }
    }
    return into;
}

static uint8_t *put_escape(uint8_t byte, uint8_t *into) noexcept {
    *into++ = '\\';
    switch (byte) {
    case '"': *into++ = '"'; break;
    case '\\': *into++ = '\\'; break;
    case '\b': *into++ = 'b'; break;
    case '\f': *into++ = 'f'; break;
    case '\n': *into++ = 'n'; break;
    case '\r': *into++ = 'r'; break;
    case '\t': *into++ = 't'; break;
    default: {
        const char digits[] = "0123456789abcdef";
        std::memcpy(into, "u00", 3);
        into[3] = static_cast<uint8_t>(digits[byte >> 4]);
        into[4] = static_cast<uint8_t>(digits[byte & 15]);
        into += 5;
    }
    }
    return into;
}

static bool needs_escape(uint8_t byte) noexcept { return byte < 0x20 || byte == '"' || byte == '\\'; }

/// Whether one of eight bytes needs an escape. Bytes of 0x80 and above never do.
static bool any_needs_escape(uint64_t bytes) noexcept {
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    auto has_below = [=](uint64_t value, uint64_t bound) { return (value - ones * bound) & ~value & highs; };
    return (has_below(bytes, 0x20) | has_below(bytes ^ ones * '"', 1) | has_below(bytes ^ ones * '\\', 1)) != 0;
}

size_t sj_escape(const uint8_t *text, size_t length, uint8_t *into) {
    const uint8_t *at = text, *end = text + length;
    uint8_t *begin = into;
    while (at < end) {
        if (end - at >= 8) {
            uint64_t eight;
            std::memcpy(&eight, at, 8);
            if (!any_needs_escape(eight)) {
                std::memcpy(into, &eight, 8);
                into += 8;
                at += 8;
                continue;
            }
        }
        for (int i = 0; i < 8 && at < end; i++, at++) {
            if (needs_escape(*at)) {
                into = put_escape(*at, into);
            } else {
                *into++ = *at;
            }
        }
    }
    return static_cast<size_t>(into - begin);
}

#pragma once

#include <cstddef>
#include <cstdint>

/// Unescapes the inside of a JSON string whose UTF-8 is valid; half a surrogate pair becomes U+FFFD. Gives the end of what was written, at most `length`
/// bytes; null at a malformed escape, whose position is then in `malformed`.
uint8_t *sj_unescape(const uint8_t *text, size_t length, uint8_t *into, size_t *malformed) noexcept;

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

enum : uint32_t { SJ_NO_FIELD = UINT32_MAX };

/// A set of names with an open-addressing hash table.
struct sj_fields {
    struct name {
        std::string text;
        uint64_t hash;
        // Whether the name stands in JSON as it is, so that raw bytes can be compared.
        bool is_plain;
    };

    std::vector<name> names;
    std::vector<uint32_t> table;
    uint64_t mask = 0;

    /// Mixes length, first, middle and last eight bytes. Reads up to seven bytes past a short text.
    static uint64_t hash(const uint8_t *text, size_t length) noexcept {
        uint64_t first, middle = 0, last = 0;
        std::memcpy(&first, text, 8);
        if (length < 8) {
            first &= (uint64_t(1) << length * 8) - 1;
        } else {
            std::memcpy(&middle, text + (length - 8) / 2, 8);
            std::memcpy(&last, text + length - 8, 8);
        }
        uint64_t mixed = first * 0x9E3779B97F4A7C15 ^ middle * 0xC2B2AE3D27D4EB4F ^ (last + length) * 0x165667B19E3779F9;
        return mixed ^ mixed >> 29;
    }

    bool is(uint32_t field, const uint8_t *text, size_t length) const noexcept {
        const std::string &name = names[field].text;
        return name.size() == length && std::memcmp(name.data(), text, length) == 0;
    }

    uint32_t find(const uint8_t *text, size_t length) const noexcept {
        uint64_t wanted = hash(text, length);
        for (uint64_t at = wanted & mask;; at = (at + 1) & mask) {
            uint32_t field = table[at];
            if (field == SJ_NO_FIELD || (names[field].hash == wanted && is(field, text, length))) { return field; }
        }
    }
};

#pragma once

#include "CSimdJSON.h"

struct sj_document {
    // The input, followed by SJ_PADDING bytes of zero.
    uint8_t *bytes = nullptr;
    size_t length = 0;
    size_t capacity = 0;
    // The offsets of every brace, bracket, colon, comma, opening quote and first byte of a number or literal,
    // closed by one entry that is `length`.
    uint32_t *index = nullptr;
    uint32_t count = 0;
    bool has_backslash = false;
    // Unescaped strings: the slots of one object grow from `text`, those of one member from `text + capacity`.
    uint8_t *text = nullptr;
    size_t error_offset = 0;
    uint32_t duplicate = 0;
    // simdjson's parser, which owns `index`.
    void *parser = nullptr;
};

enum { SJ_PADDING = 64 };

inline int sj_fail(sj_document *document, int status, size_t offset) noexcept {
    document->error_offset = offset;
    return status;
}

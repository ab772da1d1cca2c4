#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <memory>

#include "document.h"

using parser_implementation = simdjson::internal::dom_parser_implementation;

static parser_implementation *parser_of(sj_document *document) noexcept {
    return static_cast<parser_implementation *>(document->parser);
}

sj_document *sj_document_make(void) { return new sj_document(); }

void sj_document_free(sj_document *document) {
    delete parser_of(document);
    std::free(document->bytes);
    std::free(document->text);
    delete document;
}

const uint8_t *sj_document_bytes(const sj_document *document) { return document->bytes; }
size_t sj_document_length(const sj_document *document) { return document->length; }
size_t sj_document_error_offset(const sj_document *document) { return document->error_offset; }
uint32_t sj_document_duplicate(const sj_document *document) { return document->duplicate; }

uint8_t *sj_document_reserve(sj_document *document, size_t length) {
    if (document->bytes != nullptr && length <= document->capacity) { return document->bytes; }
    size_t capacity = document->capacity * 2;
    if (capacity < length) { capacity = length; }
    if (capacity < 4096) { capacity = 4096; }

    auto *bytes = static_cast<uint8_t *>(std::realloc(document->bytes, capacity + SJ_PADDING));
    if (bytes == nullptr) { return nullptr; }
    document->bytes = bytes;
    std::free(document->text);
    document->text = static_cast<uint8_t *>(std::malloc(2 * capacity + SJ_PADDING));
    if (document->text == nullptr) {
        document->capacity = 0;
        return nullptr;
    }
    document->capacity = capacity;
    return bytes;
}

/// Makes room in simdjson's index.
static int allocate_index(sj_document *document) noexcept {
    auto *parser = parser_of(document);
    if (parser == nullptr) {
        std::unique_ptr<parser_implementation> made;
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(
                document->capacity, simdjson::DEFAULT_MAX_DEPTH, made)
            != simdjson::SUCCESS) {
            return SJ_NO_MEMORY;
        }
        document->parser = made.release();
    } else if (parser->capacity() < document->length) {
        if (parser->allocate(document->capacity, simdjson::DEFAULT_MAX_DEPTH) != simdjson::SUCCESS) {
            return SJ_NO_MEMORY;
        }
    }
    return SJ_OK;
}

/// How many bytes the UTF-8 character at `at` takes; 0 when it is malformed.
static size_t character_length(const uint8_t *at, size_t left) noexcept {
    uint8_t lead = at[0];
    if (lead < 0x80) { return 1; }
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || left < length) { return 0; }
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80) { return 0; }
    }
    bool overlong = (lead == 0xE0 && at[1] < 0xA0) || (lead == 0xF0 && at[1] < 0x90);
    bool surrogate = lead == 0xED && at[1] > 0x9F;
    bool too_high = lead == 0xF4 && at[1] > 0x8F;
    return overlong || surrogate || too_high ? 0 : length;
}

/// Finds what simdjson refuses without saying where: malformed UTF-8 outside of strings, a control character in a
/// string, or a string that is not closed, whichever is first; SJ_OK when there is only malformed UTF-8 in strings.
static int locate_refusal(sj_document *document) noexcept {
    const uint8_t *bytes = document->bytes;
    size_t length = document->length;
    bool in_string = false;
    bool has_malformed_string = false;
    size_t opened = 0;
    for (size_t at = 0; at < length;) {
        size_t step = character_length(bytes + at, length - at);
        if (step == 0) {
            if (!in_string) { return sj_fail(document, SJ_NOT_UTF8, at); }
            has_malformed_string = true;
            at++;
            continue;
        }
        if (in_string) {
            if (bytes[at] < 0x20) { return sj_fail(document, SJ_CONTROL_CHARACTER, at); }
            if (bytes[at] == '\\' && at + 1 < length && bytes[at + 1] >= 0x20 && bytes[at + 1] < 0x80) { step = 2; }
            if (bytes[at] == '"') { in_string = false; }
        } else if (bytes[at] == '"') {
            in_string = true;
            opened = at;
        }
        at += step;
    }
    if (has_malformed_string && !in_string) { return SJ_OK; }
    // A stray backslash outside of strings can hide a quote from simdjson alone.
    return sj_fail(document, SJ_UNCLOSED_STRING, in_string ? opened : length);
}

/// Puts U+FFFD in place of what is no UTF-8: one for a character that is cut short.
static int replace_malformed(sj_document *document) noexcept {
    const uint8_t *bytes = document->bytes;
    size_t length = document->length;
    auto *made = static_cast<uint8_t *>(std::malloc(3 * length));
    if (made == nullptr) { return sj_fail(document, SJ_NO_MEMORY, 0); }
    size_t end = 0;
    for (size_t at = 0; at < length;) {
        size_t step = character_length(bytes + at, length - at);
        if (step > 0) {
            std::memcpy(made + end, bytes + at, step);
            end += step;
            at += step;
            continue;
        }
        std::memcpy(made + end, "\xEF\xBF\xBD", 3);
        end += 3;
        size_t whole = bytes[at] >= 0xF0 ? 4 : bytes[at] >= 0xE0 ? 3 : bytes[at] >= 0xC0 ? 2 : 1;
        size_t limit = at + whole < length ? at + whole : length;
        for (at++; at < limit && (bytes[at] & 0xC0) == 0x80; at++) {}
    }
    if (sj_document_reserve(document, end) == nullptr) {
        std::free(made);
        return sj_fail(document, SJ_NO_MEMORY, 0);
    }
    std::memcpy(document->bytes, made, end);
    std::free(made);
    document->length = end;
    return SJ_OK;
}

int sj_document_index(sj_document *document, size_t length) {
    document->length = length;
    document->count = 0;
    if (length > UINT32_MAX - SJ_PADDING) { return sj_fail(document, SJ_TOO_LARGE, 0); }
    if (length == 0) { return sj_fail(document, SJ_EMPTY, 0); }
    int status = allocate_index(document);
    if (status != SJ_OK) { return sj_fail(document, status, 0); }

    uint8_t *bytes = document->bytes;
    std::memset(bytes + length, 0, SJ_PADDING);
    if (length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) { std::memset(bytes, ' ', 3); }

    auto *parser = parser_of(document);
    auto error = parser->stage1(bytes, length, simdjson::stage1_mode::regular);
    document->index = parser->structural_indexes.get();
    if (error == simdjson::EMPTY) { return sj_fail(document, SJ_EMPTY, length); }
    if (error != simdjson::SUCCESS) {
        status = locate_refusal(document);
        if (status == SJ_OK) { status = replace_malformed(document); }
        return status != SJ_OK ? status : sj_document_index(document, document->length);
    }
    document->count = parser->n_structural_indexes;
    document->index[document->count] = static_cast<uint32_t>(length);
    document->has_backslash = std::memchr(bytes, '\\', length) != nullptr;
    return SJ_OK;
}

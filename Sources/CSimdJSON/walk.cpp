#include <cstring>

#include "document.h"
#include "escape.h"
#include "fields.h"

namespace {

/// Walks a document's index. Every function gives SJ_OK or the status of the first error.
struct walker {
    sj_document *document;
    const uint8_t *bytes;
    const uint32_t *index;
    uint32_t count;
    uint32_t at;
    // Where the next unescaped string goes.
    uint8_t *text;

    walker(sj_document *document, uint32_t at, uint8_t *text) noexcept
        : document(document), bytes(document->bytes), index(document->index), count(document->count), at(at),
          text(text) {}

    /// The character at the current position; 0 at the end.
    uint8_t current() const noexcept { return at < count ? bytes[index[at]] : 0; }

    int fail(int status, size_t offset) const noexcept { return sj_fail(document, status, offset); }
    int fail(int status) const noexcept { return fail(status, at < count ? index[at] : document->length); }

    /// The raw inside of the string at the current position, whose closing quote is the last thing before the next
    /// entry of the index.
    int raw_string(const uint8_t *&start, size_t &length) noexcept {
        size_t first = index[at] + 1;
        size_t end = index[at + 1];
        while (end > first && is_space(bytes[end - 1])) { end--; }
        if (end <= first || bytes[end - 1] != '"') { return fail(SJ_UNCLOSED_STRING); }
        start = bytes + first;
        length = end - 1 - first;
        at++;
        return SJ_OK;
    }

    /// Unescapes when there is something to unescape.
    int unescape(const uint8_t *&start, size_t &length) noexcept {
        if (!document->has_backslash || std::memchr(start, '\\', length) == nullptr) { return SJ_OK; }
        size_t malformed = 0;
        uint8_t *end = sj_unescape(start, length, text, &malformed);
        if (end == nullptr) { return fail(SJ_BAD_ESCAPE, static_cast<size_t>(start - bytes) + malformed); }
        start = text;
        length = static_cast<size_t>(end - text);
        text = end;
        return SJ_OK;
    }

    int string(sj_slot &slot) noexcept {
        slot.kind = SJ_STRING;
        int status = raw_string(slot.bytes, slot.length);
        return status != SJ_OK ? status : unescape(slot.bytes, slot.length);
    }

    static bool is_space(uint8_t byte) noexcept {
        return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
    }

    /// Whether a number or literal may end before the byte at `offset`.
    bool ends(size_t offset) const noexcept {
        uint8_t byte = bytes[offset];
        return byte == ',' || byte == '}' || byte == ']' || is_space(byte) || offset >= document->length;
    }

    int number(sj_slot &slot) noexcept {
        auto is_digit = [](uint8_t byte) { return static_cast<uint8_t>(byte - '0') < 10; };
        const uint8_t *start = bytes + index[at], *end = start;
        if (*end == '-') { end++; }
        if (!is_digit(*end)) { return fail(SJ_BAD_NUMBER); }
        if (*end == '0') {
            end++;
        } else {
            while (is_digit(*end)) { end++; }
        }
        if (*end == '.') {
            if (!is_digit(*++end)) { return fail(SJ_BAD_NUMBER); }
            while (is_digit(*end)) { end++; }
        }
        if (*end == 'e' || *end == 'E') {
            end++;
            if (*end == '+' || *end == '-') { end++; }
            if (!is_digit(*end)) { return fail(SJ_BAD_NUMBER); }
            while (is_digit(*end)) { end++; }
        }
        if (!ends(static_cast<size_t>(end - bytes))) { return fail(SJ_BAD_NUMBER); }
        slot.kind = SJ_NUMBER;
        slot.bytes = start;
        slot.length = static_cast<size_t>(end - start);
        at++;
        return SJ_OK;
    }

    int literal(sj_slot &slot, const char *word, size_t length, uint32_t kind) noexcept {
        const uint8_t *start = bytes + index[at];
        if (std::memcmp(start, word, length) != 0 || !ends(index[at] + length)) { return fail(SJ_BAD_LITERAL); }
        slot.kind = kind;
        slot.bytes = start;
        slot.length = length;
        at++;
        return SJ_OK;
    }

    /// A string, number or literal.
    int scalar(sj_slot &slot) noexcept {
        uint8_t byte = current();
        switch (byte) {
        case '"': return string(slot);
        case 't': return literal(slot, "true", 4, SJ_TRUE);
        case 'f': return literal(slot, "false", 5, SJ_FALSE);
        case 'n': return literal(slot, "null", 4, SJ_NULL);
        default:
            if (byte == '-' || static_cast<uint8_t>(byte - '0') < 10) { return number(slot); }
            return fail(SJ_VALUE_EXPECTED);
        }
    }

    /// The colon after a member's name.
    int colon() noexcept {
        if (current() != ':') { return fail(SJ_COLON_EXPECTED); }
        at++;
        return SJ_OK;
    }

    /// A name whose text nobody wants, and its colon.
    int skip_name() noexcept {
        if (current() != '"') { return fail(SJ_NAME_EXPECTED); }
        sj_slot name;
        int status = string(name);
        return status != SJ_OK ? status : colon();
    }

    /// Validates the object or array at the current position and steps over it.
    int skip_container() noexcept {
        bool is_object[SJ_MAX_DEPTH];
        int depth = 0;
        int status;
        uint8_t *text_before = text;
        for (;;) {
            // At a value.
            text = text_before;
            uint8_t byte = current();
            if (byte == '{' || byte == '[') {
                if (depth == SJ_MAX_DEPTH) { return fail(SJ_TOO_DEEP); }
                bool opens_object = byte == '{';
                is_object[depth++] = opens_object;
                at++;
                if (current() != (opens_object ? '}' : ']')) {
                    if (opens_object && (status = skip_name()) != SJ_OK) { return status; }
                    continue;
                }
            } else {
                sj_slot ignored;
                if ((status = scalar(ignored)) != SJ_OK) { return status; }
            }
            // After a value: close what ends here.
            for (;;) {
                bool inside_object = is_object[depth - 1];
                byte = current();
                if (byte == ',') {
                    at++;
                    if (inside_object && (status = skip_name()) != SJ_OK) { return status; }
                    break;
                }
                if (byte != (inside_object ? '}' : ']')) {
                    return fail(inside_object ? SJ_COMMA_OR_BRACE_EXPECTED : SJ_COMMA_OR_BRACKET_EXPECTED);
                }
                at++;
                if (--depth == 0) {
                    text = text_before;
                    return SJ_OK;
                }
            }
        }
    }

    int value(sj_slot &slot) noexcept {
        slot.start = at;
        uint8_t byte = current();
        if (byte != '{' && byte != '[') { return scalar(slot); }
        slot.kind = byte == '{' ? SJ_OBJECT : SJ_ARRAY;
        slot.bytes = bytes + index[at];
        int status = skip_container();
        if (status != SJ_OK) { return status; }
        slot.length = static_cast<size_t>(bytes + index[at - 1] + 1 - slot.bytes);
        return SJ_OK;
    }

    /// Steps over the comma after a member, when another member follows.
    int after_member() noexcept {
        if (current() == '}') { return SJ_OK; }
        if (current() != ',') { return fail(SJ_COMMA_OR_BRACE_EXPECTED); }
        at++;
        return current() == '"' ? SJ_OK : fail(SJ_NAME_EXPECTED);
    }

    /// Steps over the comma after an element, when another element follows.
    int after_element() noexcept {
        if (current() == ']') { return SJ_OK; }
        if (current() != ',') { return fail(SJ_COMMA_OR_BRACKET_EXPECTED); }
        at++;
        return current() == ']' ? fail(SJ_VALUE_EXPECTED) : SJ_OK;
    }

    /// The field of the name at the current position, which is stepped over. Members mostly come in the order of the
    /// fields, so the one after the last found is tried first.
    int field(const sj_fields *fields, uint32_t expected, uint32_t &found) noexcept {
        const uint8_t *start;
        size_t length;
        int status = raw_string(start, length);
        if (status != SJ_OK) { return status; }
        if (expected < fields->names.size() && fields->names[expected].is_plain && fields->is(expected, start, length)) {
            found = expected;
            return SJ_OK;
        }
        // The hash may read past the unescaped name: the text buffer has room.
        if ((status = unescape(start, length)) != SJ_OK) { return status; }
        found = fields->find(start, length);
        return SJ_OK;
    }

    int object(const sj_fields *fields, sj_slot *slots) noexcept {
        std::memset(slots, 0, fields->names.size() * sizeof(sj_slot));
        if (current() != '{') { return fail(SJ_NOT_OBJECT); }
        at++;
        uint32_t expected = 0;
        int status;
        while (current() != '}') {
            if (current() != '"') { return fail(SJ_NAME_EXPECTED); }
            uint32_t name_at = at, found;
            uint8_t *text_before = text;
            if ((status = field(fields, expected, found)) != SJ_OK) { return status; }
            text = text_before;
            if ((status = colon()) != SJ_OK) { return status; }
            if (found == SJ_NO_FIELD) {
                sj_slot ignored;
                if ((status = value(ignored)) != SJ_OK) { return status; }
                text = text_before;
            } else {
                if (slots[found].kind != SJ_MISSING) {
                    document->duplicate = found;
                    return fail(SJ_DUPLICATE, index[name_at]);
                }
                if ((status = value(slots[found])) != SJ_OK) { return status; }
                expected = found + 1;
            }
            if ((status = after_member()) != SJ_OK) { return status; }
        }
        at++;
        return SJ_OK;
    }

    int end() const noexcept { return at == count ? SJ_OK : fail(SJ_TRAILING); }
};

}  // namespace

int sj_read(sj_document *document, const sj_fields *fields, const uint8_t *json, size_t length, sj_slot *slots) {
    uint8_t *bytes = sj_document_reserve(document, length);
    if (bytes == nullptr) { return sj_fail(document, SJ_NO_MEMORY, 0); }
    if (length > 0) { std::memcpy(bytes, json, length); }
    int status = sj_document_index(document, length);
    return status != SJ_OK ? status : sj_read_indexed(document, fields, slots);
}

int sj_read_indexed(sj_document *document, const sj_fields *fields, sj_slot *slots) {
    walker walk(document, 0, document->text);
    if (walk.current() != '{') {
        // What is no JSON at all is said to be that.
        sj_slot root;
        int status = sj_root(document, &root);
        return status != SJ_OK ? status : sj_fail(document, SJ_NOT_OBJECT, document->index[0]);
    }
    int status = walk.object(fields, slots);
    return status != SJ_OK ? status : walk.end();
}

int sj_root(sj_document *document, sj_slot *value) {
    walker walk(document, 0, document->text);
    int status = walk.value(*value);
    return status != SJ_OK ? status : walk.end();
}

int sj_read_object(sj_document *document, const sj_fields *fields, uint32_t start, sj_slot *slots) {
    return walker(document, start, document->text).object(fields, slots);
}

int sj_next_member(sj_document *document, uint32_t *position, sj_slot *name, sj_slot *value) {
    walker walk(document, *position, document->text + document->capacity);
    if (walk.current() == '}') { return SJ_END; }
    if (walk.current() != '"') { return walk.fail(SJ_NAME_EXPECTED); }
    name->start = walk.at;
    int status = walk.string(*name);
    if (status == SJ_OK) { status = walk.colon(); }
    if (status == SJ_OK) { status = walk.value(*value); }
    if (status == SJ_OK) { status = walk.after_member(); }
    *position = walk.at;
    return status;
}

int sj_next_element(sj_document *document, uint32_t *position, sj_slot *value) {
    walker walk(document, *position, document->text + document->capacity);
    if (walk.current() == ']') { return SJ_END; }
    int status = walk.value(*value);
    if (status == SJ_OK) { status = walk.after_element(); }
    *position = walk.at;
    return status;
}

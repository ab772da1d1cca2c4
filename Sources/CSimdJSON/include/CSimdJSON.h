#pragma once

#include <stddef.h>
#include <stdint.h>

// A JSON document in memory, indexed by simdjson (its stage 1: UTF-8, strings, structure) and walked here once,
// member by member. Everything that is walked over is validated. No function throws.

#ifdef __cplusplus
extern "C" {
#endif

enum sj_kind {
    SJ_MISSING = 0,
    SJ_NULL,
    SJ_FALSE,
    SJ_TRUE,
    SJ_NUMBER,
    SJ_STRING,
    SJ_OBJECT,
    SJ_ARRAY,
};

enum sj_status {
    SJ_OK = 0,
    // No further member or element.
    SJ_END,
    SJ_NO_MEMORY,
    SJ_TOO_LARGE,
    SJ_EMPTY,
    SJ_NOT_UTF8,
    SJ_CONTROL_CHARACTER,
    SJ_UNCLOSED_STRING,
    SJ_BAD_ESCAPE,
    SJ_BAD_NUMBER,
    SJ_BAD_LITERAL,
    SJ_VALUE_EXPECTED,
    SJ_NAME_EXPECTED,
    SJ_COLON_EXPECTED,
    SJ_COMMA_OR_BRACE_EXPECTED,
    SJ_COMMA_OR_BRACKET_EXPECTED,
    SJ_TRAILING,
    SJ_TOO_DEEP,
    SJ_NOT_OBJECT,
    SJ_DUPLICATE,
};

// How deep objects and arrays may nest.
enum { SJ_MAX_DEPTH = 256 };

// A value: numbers, objects and arrays are their raw text, strings are unescaped. What is no character in a string
// (malformed UTF-8, half a surrogate pair) is read as U+FFFD.
typedef struct {
    const uint8_t *bytes;
    size_t length;
    // Where the value starts in the document's index.
    uint32_t start;
    uint32_t kind;
} sj_slot;

typedef struct sj_document sj_document;
typedef struct sj_fields sj_fields;

sj_document *sj_document_make(void);
void sj_document_free(sj_document *document);

// The input buffer, of at least `length` bytes, which keeps what it holds when it grows; null when there is no
// memory.
uint8_t *sj_document_reserve(sj_document *document, size_t length);
// Indexes the first `length` bytes of the input buffer. A byte order mark becomes spaces, and the buffer is replaced
// when its strings hold malformed UTF-8.
int sj_document_index(sj_document *document, size_t length);
const uint8_t *sj_document_bytes(const sj_document *document);
size_t sj_document_length(const sj_document *document);
// The byte at which the last error stands.
size_t sj_document_error_offset(const sj_document *document);
// The field that stood twice at the last SJ_DUPLICATE.
uint32_t sj_document_duplicate(const sj_document *document);

// A set of member names with a hash table. The names stand one after the other in `names`, which is copied.
sj_fields *sj_fields_make(const uint8_t *names, const size_t *lengths, uint32_t count);
void sj_fields_free(sj_fields *fields);

// Copies and indexes `json`, and reads its members into `slots`, one a field. The whole document is validated.
int sj_read(sj_document *document, const sj_fields *fields, const uint8_t *json, size_t length, sj_slot *slots);
// The same for a document that is indexed already.
int sj_read_indexed(sj_document *document, const sj_fields *fields, sj_slot *slots);
// Validates the whole document, which is one value.
int sj_root(sj_document *document, sj_slot *value);

// Reads the object that starts at `start` into `slots`.
int sj_read_object(sj_document *document, const sj_fields *fields, uint32_t start, sj_slot *slots);
// The next member of an object, or SJ_END. `position` begins at the object's start + 1. Name and value stay valid
// until the next call of sj_next_member or sj_next_element.
int sj_next_member(sj_document *document, uint32_t *position, sj_slot *name, sj_slot *value);
// The next element of an array, or SJ_END. `position` begins at the array's start + 1.
int sj_next_element(sj_document *document, uint32_t *position, sj_slot *value);

// Copies `text`, which is valid UTF-8, escaped for a JSON string; gives the bytes written. `into` has room for
// 6 * length + 8 bytes.
size_t sj_escape(const uint8_t *text, size_t length, uint8_t *into);

#ifdef __cplusplus
}
#endif

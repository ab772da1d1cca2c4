#include "fields.h"

#include "CSimdJSON.h"

sj_fields *sj_fields_make(const uint8_t *names, const size_t *lengths, uint32_t count) {
    auto *fields = new sj_fields();
    size_t size = 8;
    while (size < size_t(count) * 3) { size *= 2; }
    fields->table.assign(size, SJ_NO_FIELD);
    fields->mask = size - 1;
    fields->names.reserve(count);
    for (uint32_t field = 0; field < count; field++) {
        std::string text(names, names + lengths[field]);
        names += lengths[field];
        // The hash reads eight bytes.
        std::string padded = text + std::string(8, '\0');
        uint64_t hash = sj_fields::hash(reinterpret_cast<const uint8_t *>(padded.data()), text.size());
        bool is_plain = true;
        for (unsigned char byte : text) { is_plain = is_plain && byte >= 0x20 && byte != '"' && byte != '\\'; }
        fields->names.push_back({text, hash, is_plain});
        uint64_t at = hash & fields->mask;
        while (fields->table[at] != SJ_NO_FIELD) { at = (at + 1) & fields->mask; }
        fields->table[at] = field;
    }
    return fields;
}

void sj_fields_free(sj_fields *fields) { delete fields; }

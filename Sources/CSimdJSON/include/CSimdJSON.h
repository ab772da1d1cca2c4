#pragma once
#ifdef __cplusplus
extern "C" {
#endif
int csimdjson_version(void);
#ifdef __cplusplus
}
#endif

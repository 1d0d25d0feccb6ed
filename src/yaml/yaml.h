/*
 * yaml.h: a small, safe subset of YAML as a const tree: mappings, sequences
 * and scalars. Anchors, aliases, tags, directives, merge keys, several
 * documents, duplicate keys and depth or size past the limits are refused
 * by name, each with a diagnostic at its place. Pull parsing (libyaml
 * events) stops at the first refusal, so bombs cost nothing.
 */
#ifndef YAML_YAML_H
#define YAML_YAML_H

#include "base/base.h"
#include "base/limits.h"
#include "diag/diag.h"

enum yaml_kind { YAML_SCALAR, YAML_SEQ, YAML_MAP };

struct yaml_node {
	enum yaml_kind	 kind;
	span		 at;
	str		 key;		/* in a mapping: this entry's key */
	span		 key_at;
	str		 text;		/* scalar's value, UTF-8 */
	bool		 plain;		/* scalar without quotes */
	const struct yaml_node *child, *next;
};

/*
 * Parses text, whose first byte has address base in the source map. NULL
 * after a diagnostic (FM_SYNTAX, FM_REFUSED, FM_KEY_TWICE) or for an empty
 * document (no diagnostic; *empty true).
 */
const struct yaml_node *yaml_parse(struct arena *, str text, uint32_t base,
	    const struct limits *, struct diag *, bool *empty);
const struct yaml_node *yaml_find(const struct yaml_node *map, str key);

/*
 * Warns (FM_KEY_UNKNOWN, with the nearest known key) for each key of map
 * that is not in known[0..n).
 */
void	yaml_check_keys(const struct yaml_node *map, const str *known,
	    size_t n, struct diag *);

#endif

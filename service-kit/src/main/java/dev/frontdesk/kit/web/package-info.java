/** Common parts of all HTTP APIs: reading fields, query and JSON, pages, errors as problem+json, the request log. */
@NullMarked
package dev.frontdesk.kit.web;

import org.jspecify.annotations.NullMarked;

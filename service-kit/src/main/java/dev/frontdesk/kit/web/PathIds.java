package dev.frontdesk.kit.web;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Lets Spring read a {@code @PathVariable UUID} with {@link UuidText}. A converter would not do: after its error Spring
 * tries its own lenient editor.
 */
@ControllerAdvice
final class PathIds {

    @InitBinder
    void strict(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(UuidText.read(text));
            }
        });
    }
}

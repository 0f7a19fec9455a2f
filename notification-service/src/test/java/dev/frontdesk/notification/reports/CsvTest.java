package dev.frontdesk.notification.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void quotesWhatIsSpecialAndLeavesNothingEmpty() {
        var csv = new Csv(List.of("a", "b", "c"));
        csv.line(Arrays.asList("x,y", null, "he said \"no\""));
        csv.line(List.of("two\r\nlines", "", "plain"));

        assertThat(csv).hasToString("a,b,c\r\n\"x,y\",,\"he said \"\"no\"\"\"\r\n\"two\r\nlines\",,plain\r\n");
        assertThat(csv.lines()).isEqualTo(2);
    }

    @Test
    void leavesNoFormulaWhereAListIsSeparatedOtherwise() {
        for (String before : List.of("x;", "x\t", "x\r", "x\n", "x; ", ";;", "x;\"")) {
            var csv = new Csv(List.of("a", "b"));
            csv.line(List.of("1", before + "=HYPERLINK(1)"));

            String line = csv.toString().substring(5);
            assertThat(line.split("[;\\t\\r\\n]")).as(before).noneMatch(it -> it.matches("[\\s\"]*=.*"));
        }
    }

    @Test
    void leavesNoFormula() {
        for (String formula : List.of("=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r=1")) {
            var csv = new Csv(List.of("a"));
            csv.line(List.of(formula));

            assertThat(csv.toString().substring(3)).as(formula).containsPattern("^\"?'");
        }
    }
}

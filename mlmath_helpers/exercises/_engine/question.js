// A question to be answered before a figure is moved. Python (question.py) says what is asked
// and what becomes of each answer; this file shows it, and tells Python what the reader picks.

const PATIENCE = 3000; // milliseconds without an answer before the reader is told
const NO_ANSWER =
    "Python has not answered yet: it is busy, or it was restarted and this cell has to run again.";

function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

function render({ model, el }) {
    const question = model.get("question"), choices = JSON.parse(model.get("choices"));
    const said = make("div", { class: "mlmath-said", role: "status" });
    const asked = make("div", { class: "mlmath-prediction", role: "group", "aria-label": question });
    asked.append(make("p", {}, question));
    let patience;

    function pick(answer) {
        if (answer === model.get("answered")) return;
        model.set("pick", answer);
        model.save_changes();
        clearTimeout(patience);
        patience = setTimeout(() => { said.textContent = NO_ANSWER; }, PATIENCE);
    }

    const buttons = choices.map((choice) => {
        const button = make("button", { type: "button" }, choice);
        button.addEventListener("click", () => pick(choice));
        return button;
    });
    asked.append(...buttons);
    if (!choices.length) {
        const input = make("input", { name: "guess", inputmode: "decimal", autocomplete: "off" });
        const button = make("button", { type: "button" }, "that is my guess");
        const guess = () => pick(input.value.trim() || "nothing");
        button.addEventListener("click", guess);
        input.addEventListener("keydown", (event) => {
            event.stopPropagation(); // Enter would lead back to the cell
            if (event.key === "Enter") guess();
        });
        asked.append(make("label", {}, "Your number: ", input), " ", button);
    }
    asked.append(said);
    el.append(asked);

    function show() {
        clearTimeout(patience);
        for (const button of buttons)
            button.ariaPressed = String(button.textContent === model.get("answered"));
        said.textContent = model.get("said");
        said.classList.toggle("mlmath-agrees", model.get("agrees"));
    }
    model.on("change:answered", show);
    show();
    return () => {
        clearTimeout(patience);
        model.off("change:answered", show);
    };
}

export default { render };

using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>A map or list in the midst of an update: a copy, made only along the paths that change.</summary>
internal abstract class Editable
{
    /// <summary>Opens the value of an attribute, or nothing where it is neither map nor list.</summary>
    public static Editable? Open(AttributeValue value) => value switch
    {
        MapValue map => new EditableMap(map),
        ListValue list => new EditableList(list),
        _ => null,
    };

    /// <summary>The value after the update.</summary>
    public abstract AttributeValue ToValue();

    /// <summary>Puts a value at a path.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>: what the path goes through is not there, or of another type.</exception>
    public void Set(DocumentPath path, AttributeValue value) => Parent(path).SetChild(path.Steps[^1], value);

    /// <summary>Removes what is at a path, if anything is.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>: what the path goes through is not there, or of another type.</exception>
    public void Remove(DocumentPath path) => Parent(path).RemoveChild(path.Steps[^1]);

    /// <summary>Opens the map or list at a step for changes, or gives nothing.</summary>
    protected abstract Editable? OpenChild(PathStep step);

    /// <summary>Whether a step can be taken from here.</summary>
    protected abstract bool Takes(PathStep step);

    /// <summary>Puts a value at a step.</summary>
    protected abstract void SetChild(PathStep step, AttributeValue value);

    /// <summary>Removes what is at a step.</summary>
    protected abstract void RemoveChild(PathStep step);

    private Editable Parent(DocumentPath path)
    {
        Editable? parent = this;
        for (int i = 0; i < path.Steps.Count - 1 && parent is not null; i++)
            parent = parent.Takes(path.Steps[i]) ? parent.OpenChild(path.Steps[i]) : null;
        return parent is not null && parent.Takes(path.Steps[^1])
            ? parent
            : throw DynamoDbErrors.Validation("The document path provided in the update expression is invalid for update");
    }
}

/// <summary>A map in the midst of an update.</summary>
internal sealed class EditableMap(MapValue map) : Editable
{
    private readonly Dictionary<string, AttributeValue> _attributes = new(map.Attributes, StringComparer.Ordinal);
    private readonly Dictionary<string, Editable> _open = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override AttributeValue ToValue()
    {
        foreach ((string name, Editable child) in _open)
            _attributes[name] = child.ToValue();
        return new MapValue(_attributes);
    }

    /// <inheritdoc/>
    protected override bool Takes(PathStep step) => step.Name is not null;

    /// <inheritdoc/>
    protected override Editable? OpenChild(PathStep step)
    {
        if (_open.TryGetValue(step.Name!, out Editable? open))
            return open;
        Editable? child = _attributes.TryGetValue(step.Name!, out AttributeValue? value) ? Open(value) : null;
        if (child is not null)
            _open.Add(step.Name!, child);
        return child;
    }

    /// <inheritdoc/>
    protected override void SetChild(PathStep step, AttributeValue value) => _attributes[step.Name!] = value;

    /// <inheritdoc/>
    protected override void RemoveChild(PathStep step) => _attributes.Remove(step.Name!);
}

/// <summary>A list in the midst of an update. What is set past its end is appended, in the order of the indexes.</summary>
internal sealed class EditableList(ListValue list) : Editable
{
    private readonly AttributeValue?[] _elements = [.. list.Elements];
    private readonly SortedDictionary<int, AttributeValue> _appended = [];
    private readonly SortedDictionary<int, Editable> _open = [];

    /// <inheritdoc/>
    public override AttributeValue ToValue()
    {
        foreach ((int index, Editable child) in _open)
            _elements[index] = child.ToValue();
        return new ListValue([.. _elements.OfType<AttributeValue>(), .. _appended.Values]);
    }

    /// <inheritdoc/>
    protected override bool Takes(PathStep step) => step.Name is null;

    /// <inheritdoc/>
    protected override Editable? OpenChild(PathStep step)
    {
        if (_open.TryGetValue(step.Index, out Editable? open))
            return open;
        Editable? child = step.Index < _elements.Length && _elements[step.Index] is AttributeValue value ? Open(value) : null;
        if (child is not null)
            _open.Add(step.Index, child);
        return child;
    }

    /// <inheritdoc/>
    protected override void SetChild(PathStep step, AttributeValue value)
    {
        if (step.Index < _elements.Length)
            _elements[step.Index] = value;
        else
            _appended[step.Index] = value;
    }

    /// <inheritdoc/>
    protected override void RemoveChild(PathStep step)
    {
        if (step.Index < _elements.Length)
            _elements[step.Index] = null;
    }
}
